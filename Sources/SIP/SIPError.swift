/// A request that was certainly not sent, or that no answer came to.
public struct SIPError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Code: Sendable {
        /// It did not leave: the server is not there, or is not who it should be.
        case unsent
        /// It may have left, and no final answer came in time: what it did is not known.
        case unanswered
    }

    public var code: Code
    public var description: String

    public init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
