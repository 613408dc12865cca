import CLibIcal
import Foundation

/// The properties of a component: read here where they are plain, else by libical.
///
/// It stays within the task that made it: libical's components are not safe to share.
final class ParsedComponent {
    private let plain: [PlainProperty]
    private let component: OpaquePointer?

    /// Reads one component, or nil where libical refuses it.
    convenience init?(_ text: ComponentText) {
        if let plain = text.plain {
            self.init(plain: plain)
        } else {
            self.init(parsing: text.bytes)
        }
    }

    init(plain: [PlainProperty]) {
        self.plain = plain
        component = nil
    }

    /// Has libical parse one component, or nil where it refuses.
    init?(parsing text: [UInt8]) {
        // An error of an earlier parse on this thread would be taken for one of this.
        icalerror_clear_errno()
        let parsed = (text + [0]).withUnsafeBufferPointer { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                characters.baseAddress.flatMap { icalcomponent_new_from_string($0) }
            }
        }
        guard let parsed else { return nil }
        plain = []
        component = parsed
    }

    deinit {
        if let component { icalcomponent_free(component) }
    }

    func first(_ name: PropertyName) -> ParsedProperty? {
        guard let component else { return plain.first { $0.name == name }.map { .plain($0) } }
        guard name.kind != ICAL_X_PROPERTY else { return all(name).first }
        return icalcomponent_get_first_property(component, name.kind).map { .parsed($0, of: self) }
    }

    func all(_ name: PropertyName) -> [ParsedProperty] {
        guard let component else {
            return plain.lazy.filter { $0.name == name }.map { .plain($0) }
        }
        var properties: [ParsedProperty] = []
        var next = icalcomponent_get_first_property(component, name.kind)
        while let property = next {
            if name.kind != ICAL_X_PROPERTY || isNamed(name.text, property) {
                properties.append(.parsed(property, of: self))
            }
            next = icalcomponent_get_next_property(component, name.kind)
        }
        return properties
    }

    private func isNamed(_ name: String, _ property: OpaquePointer) -> Bool {
        String(owned: icalproperty_get_property_name_r(property)).uppercased() == name
    }
}

/// A property of a ``ParsedComponent``, which it keeps alive.
enum ParsedProperty {
    case plain(PlainProperty)
    case parsed(OpaquePointer, of: ParsedComponent)

    /// The value as it is written.
    var value: String {
        switch self {
        case .plain(let property):
            if case .text(let text) = property.content { text } else { "" }
        case .parsed(let property, _):
            String(owned: icalproperty_get_value_as_string_r(property)).trimmingWhitespace
        }
    }

    /// The value of a TEXT without its escapes (RFC 5545 3.3.11), or nil where it is empty.
    var text: String? {
        switch self {
        case .plain(let property):
            if case .text(let text) = property.content { return text }
            return nil
        case .parsed(let property, _):
            guard let value = icalproperty_get_value(property),
                icalvalue_isa(value) == ICAL_TEXT_VALUE, let text = icalvalue_get_text(value)
            else { return nil }
            let string = String(calendarText: text)
            return string.isEmpty ? nil : string
        }
    }

    /// The value of a parameter without its quotes.
    func parameter(_ name: String) -> String? {
        switch self {
        case .plain(let property):
            return property.parameter(name)
        case .parsed(let property, _):
            let value = String(owned: icalproperty_get_parameter_as_string_r(property, name))
            return value.isEmpty ? nil : value
        }
    }

    /// The value of a DATE or DATE-TIME.
    var date: DateText? {
        switch self {
        case .plain(let property):
            if case .date(let date) = property.content { return date }
            return nil
        case .parsed(let property, _):
            return icalproperty_get_value(property).flatMap {
                DateText(icalvalue_get_datetime($0))
            }
        }
    }

    /// The value of an RDATE: a start, and an end or a duration where it is a PERIOD.
    var period: (start: DateText, end: DateText?, duration: icaldurationtype?)? {
        guard case .parsed(let property, _) = self else { return date.map { ($0, nil, nil) } }
        let value = icalproperty_get_rdate(property)
        if let start = DateText(value.time) { return (start, nil, nil) }
        guard let start = DateText(value.period.start) else { return nil }
        let end = DateText(value.period.end)
        return (start, end, end == nil ? value.period.duration : nil)
    }

    var sequence: Int {
        switch self {
        case .plain(let property):
            if case .number(let number) = property.content { number } else { 0 }
        case .parsed(let property, _):
            Int(icalproperty_get_sequence(property))
        }
    }

    /// The value of a DURATION, which is never plain.
    var duration: icaldurationtype? {
        guard case .parsed(let property, _) = self else { return nil }
        return icalproperty_get_duration(property)
    }

    /// The value of a UTC-OFFSET in seconds, which is never plain.
    var offset: Int? {
        guard case .parsed(let property, _) = self else { return nil }
        return icalproperty_get_value(property).map { Int(icalvalue_get_utcoffset($0)) }
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
    /// A text that libical made, which is freed; empty where it made none.
    fileprivate init(owned text: UnsafeMutablePointer<CChar>?) {
        guard let text else {
            self = ""
            return
        }
        defer { icalmemory_free_buffer(text) }
        self.init(calendarText: text)
    }

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
