/// What a system of somebody else's did not do, or not whole.
public struct RemoteFailure: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Code: String, Sendable {
        case notFound, refused, unreachable, timedOut, truncated, tooLarge, malformed, serverError
    }

    public var code: Code
    /// What happened and what to do, in a sentence; no secret, no booking text.
    public var description: String

    public init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
