public import Foundation

/// A value bound to a statement's `$n`, in the text form that PostgreSQL reads, or null.
///
/// The server finds out the type from the statement; where it cannot, the statement says so:
/// `$1::bigint[]`.
public struct Parameter: Hashable, Sendable {
    /// The text form; nil is null.
    public var text: String?

    public static let null = Parameter(text: nil)

    init(text: String?) {
        self.text = text
    }

    public init(_ value: (some ParameterValue)?) {
        text = value?.parameterText
    }

    /// A value of an enumeration or an identifier, by what it stands for.
    public init<Value: RawRepresentable>(_ value: Value?) where Value.RawValue: ParameterValue {
        text = value?.rawValue.parameterText
    }

    /// An array, or null.
    public init(_ values: [some ParameterValue]?) {
        text = values.map { ArrayText.literal($0.lazy.map(\.parameterText)) }
    }

    /// An array in which some elements are null.
    public init(_ values: [(some ParameterValue)?]) {
        text = ArrayText.literal(values.lazy.map { $0?.parameterText })
    }

    /// An array of values of an enumeration, or of identifiers.
    public init<Value: RawRepresentable>(_ values: [Value]?)
    where Value.RawValue: ParameterValue {
        text = values.map { ArrayText.literal($0.lazy.map(\.rawValue.parameterText)) }
    }

    /// JSON text as it is.
    public init(json: String?) {
        text = json
    }
}

/// A type that a statement's parameter can be made of.
public protocol ParameterValue: Sendable {
    /// The form that PostgreSQL reads without asking for a setting of the session.
    var parameterText: String { get }
}

extension String: ParameterValue {
    public var parameterText: String { self }
}

extension Int: ParameterValue {
    public var parameterText: String { String(self) }
}

extension Int32: ParameterValue {
    public var parameterText: String { String(self) }
}

extension Int64: ParameterValue {
    public var parameterText: String { String(self) }
}

extension Double: ParameterValue {
    public var parameterText: String { String(self) }
}

extension Bool: ParameterValue {
    public var parameterText: String { self ? "true" : "false" }
}

extension UUID: ParameterValue {
    public var parameterText: String { uuidString }
}

/// An instant (timestamptz), in UTC and to the microsecond.
extension Date: ParameterValue {
    public var parameterText: String { Timestamp(self).text }
}

extension CivilDate: ParameterValue {
    public var parameterText: String { description }
}

/// An interval, to the microsecond.
extension Duration: ParameterValue {
    public var parameterText: String { "\(microseconds) microseconds" }
}

extension Data: ParameterValue {
    public var parameterText: String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = Array(#"\x"#.utf8)
        text.reserveCapacity(2 + 2 * count)
        for byte in self {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}

extension Duration {
    /// Rounded towards zero.
    var microseconds: Int64 {
        components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000
    }
}
