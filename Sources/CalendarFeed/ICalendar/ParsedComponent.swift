import CLibIcal
import Foundation

/// A component that libical has parsed, freed with this value.
///
/// It stays within the task that made it: libical's components are not safe to share.
final class ParsedComponent {
    private let component: OpaquePointer

    /// Parses one component, or nil where libical refuses it.
    init?(_ text: [UInt8]) {
        // An error of an earlier parse on this thread would be taken for one of this.
        icalerror_clear_errno()
        let parsed = (text + [0]).withUnsafeBufferPointer { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                characters.baseAddress.flatMap { icalcomponent_new_from_string($0) }
            }
        }
        guard let parsed else { return nil }
        component = parsed
    }

    deinit {
        icalcomponent_free(component)
    }

    func first(_ kind: icalproperty_kind) -> ParsedProperty? {
        icalcomponent_get_first_property(component, kind).map { ParsedProperty($0, of: self) }
    }

    func all(_ kind: icalproperty_kind) -> [ParsedProperty] {
        var properties: [ParsedProperty] = []
        var next = icalcomponent_get_first_property(component, kind)
        while let property = next {
            properties.append(ParsedProperty(property, of: self))
            next = icalcomponent_get_next_property(component, kind)
        }
        return properties
    }

    /// The properties of a name that libical has no kind for.
    func all(named name: String) -> [ParsedProperty] {
        all(ICAL_X_PROPERTY).filter { $0.name == name }
    }
}

/// A property of a ``ParsedComponent``, which it keeps alive.
struct ParsedProperty {
    private let property: OpaquePointer
    private let component: ParsedComponent

    fileprivate init(_ property: OpaquePointer, of component: ParsedComponent) {
        self.property = property
        self.component = component
    }

    var name: String {
        owned(icalproperty_get_property_name_r(property)).uppercased()
    }

    /// The value as it is written.
    var value: String {
        owned(icalproperty_get_value_as_string_r(property)).trimmingWhitespace
    }

    /// The value of a TEXT without its escapes (RFC 5545 3.3.11), or nil where it is empty.
    var text: String? {
        guard let value = icalproperty_get_value(property),
            icalvalue_isa(value) == ICAL_TEXT_VALUE, let text = icalvalue_get_text(value)
        else { return nil }
        let string = String(calendarText: text)
        return string.isEmpty ? nil : string
    }

    /// The value of a parameter without its quotes.
    func parameter(_ name: String) -> String? {
        guard let text = icalproperty_get_parameter_as_string_r(property, name) else { return nil }
        let value = owned(text)
        return value.isEmpty ? nil : value
    }

    /// The value of a DATE or DATE-TIME.
    var date: DateText? {
        icalproperty_get_value(property).flatMap { DateText(icalvalue_get_datetime($0)) }
    }

    /// The value of an RDATE: a start, and an end or a duration where it is a PERIOD.
    var period: (start: DateText, end: DateText?, duration: icaldurationtype?)? {
        let value = icalproperty_get_rdate(property)
        if let start = DateText(value.time) { return (start, nil, nil) }
        guard let start = DateText(value.period.start) else { return nil }
        let end = DateText(value.period.end)
        return (start, end, end == nil ? value.period.duration : nil)
    }

    var duration: icaldurationtype {
        icalproperty_get_duration(property)
    }

    var sequence: Int {
        Int(icalproperty_get_sequence(property))
    }

    /// The value of a UTC-OFFSET in seconds.
    var offset: Int? {
        icalproperty_get_value(property).map { Int(icalvalue_get_utcoffset($0)) }
    }

    private func owned(_ text: UnsafeMutablePointer<CChar>?) -> String {
        guard let text else { return "" }
        defer { icalmemory_free_buffer(text) }
        return String(calendarText: text)
    }
}

extension DateText {
    /// A time that libical has read, or nil where it is the null time.
    init?(_ time: icaltimetype) {
        guard icaltime_is_null_time(time) == 0,
            let wall = WallTime(
                year: Int(time.year),
                month: Int(time.month),
                day: Int(time.day),
                hour: Int(time.hour),
                minute: Int(time.minute),
                second: Int(time.second)
            )
        else { return nil }
        self.init(wall: wall, hasTime: time.is_date == 0, isUTC: icaltime_is_utc(time) != 0)
    }

    private init(wall: WallTime, hasTime: Bool, isUTC: Bool) {
        self.wall = wall
        self.hasTime = hasTime
        self.isUTC = isUTC
    }
}

extension String {
    /// iCalendar is UTF-8 (RFC 5545 3.1.4); what is not is read as Latin-1, which some
    /// programs still write.
    fileprivate init(calendarText text: UnsafePointer<CChar>) {
        if let string = String(validatingCString: text) {
            self = string
        } else {
            let bytes = UnsafeBufferPointer(start: text, count: strlen(text))
            self = String(
                String.UnicodeScalarView(bytes.map { Unicode.Scalar(UInt8(bitPattern: $0)) })
            )
        }
    }
}
