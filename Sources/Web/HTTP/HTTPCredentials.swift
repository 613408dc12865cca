import Foundation

/// What a request shows to be let in.
///
/// Its descriptions and its mirror leave the secret out, so that no log and no error can hold it.
public enum HTTPCredentials: Sendable, Equatable {
    /// User name and password (RFC 7617), in UTF-8.
    case basic(user: String, password: String)
    /// A token (RFC 6750).
    case bearer(token: String)

    /// The value of the `Authorization` header.
    package var headerValue: String {
        switch self {
        case .basic(let user, let password):
            "Basic \(Data("\(user):\(password)".utf8).base64EncodedString())"
        case .bearer(let token):
            "Bearer \(token)"
        }
    }
}

extension HTTPCredentials: CustomStringConvertible, CustomDebugStringConvertible {
    public var description: String {
        switch self {
        case .basic(let user, _): "password of \(user)"
        case .bearer: "token"
        }
    }

    public var debugDescription: String { description }
}

extension HTTPCredentials: CustomReflectable {
    public var customMirror: Mirror {
        Mirror(self, children: [], displayStyle: .enum)
    }
}
