/// How a telephone line writes sound down (ITU-T G.711): one byte a sample, 8,000 a second.
public enum Law: String, CaseIterable, Sendable {
    /// A-law, PCMA.
    case a
    /// µ-law, PCMU.
    case u

    /// RFC 3551, table 4.
    public var payloadType: UInt8 {
        switch self {
        case .a: 8
        case .u: 0
        }
    }

    /// What a sample of silence is.
    public var silence: UInt8 {
        switch self {
        case .a: 0xD5
        case .u: 0xFF
        }
    }

    /// What sox calls it.
    var soxType: String { "\(rawValue)l" }
}
