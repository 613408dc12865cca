import Foundation

/// What a property says that is written so plainly that all readers read the same: no need to ask
/// libical, which takes most of the time of a load.
///
/// Nearly all properties are. A test holds what is read of them against libical.
struct PlainProperty: Sendable {
    let name: PropertyName
    let content: Content
    private let parameters: PlainParameters

    enum Content: Sendable {
        /// Without its escapes.
        case text(String)
        case date(DateText)
        case number(Int)
    }

    /// Nil where it is not plain.
    ///
    /// - Parameter date: what `value` is, where it is one.
    init?(
        _ name: PropertyName,
        _ parameters: ArraySlice<UInt8>,
        _ value: ArraySlice<UInt8>,
        date: DateText?
    ) {
        guard let parameters = PlainParameters(parameters),
            let content = Content(name, parameters, value, date: date)
        else { return nil }
        self.name = name
        self.parameters = parameters
        self.content = content
    }

    func parameter(_ name: String) -> String? {
        parameters[name]
    }
}

extension PlainProperty.Content {
    fileprivate init?(
        _ name: PropertyName,
        _ parameters: PlainParameters,
        _ value: ArraySlice<UInt8>,
        date: DateText?
    ) {
        switch name {
        case .start, .end, .recurrenceID, .additions, .exclusions, .stamp, .lastModified:
            guard let date, parameters.suit(date) else { return nil }
            self = .date(date)
        case .summary, .location, .description, .uid:
            guard parameters.areOfTexts, let text = Self.text(value) else { return nil }
            self = .text(text)
        case .attendee, .organizer:
            guard parameters.areOfPeople, let text = Self.word(value) else { return nil }
            self = .text(text)
        case .sequence:
            guard value.count <= 9, let text = Self.word(value), let number = Int(text), number >= 0
            else { return nil }
            self = .number(number)
        case .transparency, .status, .classification, .busyStatus, .allDayEvent:
            guard parameters.isEmpty, let text = Self.word(value), Self.isKnown(text, of: name)
            else { return nil }
            self = .text(text)
        case .duration, .rule, .exceptionRule, .choice, .offsetFrom, .offsetTo:
            return nil
        }
    }

    private static func isKnown(_ word: String, of name: PropertyName) -> Bool {
        switch (name, word) {
        case (.transparency, "OPAQUE"), (.transparency, "TRANSPARENT"),
            (.status, "TENTATIVE"), (.status, "CONFIRMED"), (.status, "CANCELLED"),
            (.classification, "PUBLIC"), (.classification, "PRIVATE"),
            (.classification, "CONFIDENTIAL"),
            (.busyStatus, "FREE"), (.busyStatus, "TENTATIVE"), (.busyStatus, "BUSY"),
            (.busyStatus, "OOF"), (.busyStatus, "WORKINGELSEWHERE"),
            (.allDayEvent, "TRUE"), (.allDayEvent, "FALSE"):
            true
        default: false
        }
    }

    /// A value of letters, digits and signs of ASCII alone.
    private static func word(_ value: ArraySlice<UInt8>) -> String? {
        value.allSatisfy { 0x21...0x7E ~= $0 && $0 != UInt8(ascii: "\\") }
            ? String(decoding: value, as: UTF8.self) : nil
    }

    /// A TEXT (RFC 5545 3.3.11) without its escapes.
    private static func text(_ value: ArraySlice<UInt8>) -> String? {
        let blank = UInt8(ascii: " ")
        guard value.first != blank, value.last != blank,
            value.allSatisfy({ $0 >= blank && $0 != 0x7F })
        else { return nil }
        let backslash = UInt8(ascii: "\\")
        guard value.contains(backslash) else { return String(validating: value, as: UTF8.self) }
        var text: [UInt8] = []
        text.reserveCapacity(value.count)
        var isEscaped = false
        for byte in value {
            switch (isEscaped, byte) {
            case (false, backslash):
                isEscaped = true
                continue
            case (false, _), (true, backslash), (true, UInt8(ascii: ",")),
                (true, UInt8(ascii: ";")):
                text.append(byte)
            case (true, UInt8(ascii: "n")), (true, UInt8(ascii: "N")):
                text.append(UInt8(ascii: "\n"))
            default:
                return nil
            }
            isEscaped = false
        }
        return isEscaped ? nil : String(validating: text, as: UTF8.self)
    }
}
