public import Web

/// How Exchange lets the service account in.
///
/// Its descriptions and its mirror leave the secret out, so that no log and no error can hold it.
public enum EWSAccess: Sendable {
    /// User name, such as `DOMAIN\user` or `user@domain`, and password (RFC 7617).
    case basic(user: String, password: String)
    /// The same by NTLM ([MS-NTHT]), with channel binding over TLS (calendar-apis.md 2.3, E9).
    case ntlm(user: String, password: String)
    /// Tokens for the audience of this Exchange (Hybrid Modern Authentication).
    case oauth(AccessTokens)

    /// Whether an account may be locked where this is refused.
    var showsPassword: Bool {
        switch self {
        case .basic, .ntlm: true
        case .oauth: false
        }
    }
}

extension EWSAccess: CustomStringConvertible, CustomDebugStringConvertible {
    public var description: String {
        switch self {
        case .basic(let user, _): "password of \(user)"
        case .ntlm(let user, _): "NTLM password of \(user)"
        case .oauth: "token"
        }
    }

    public var debugDescription: String { description }
}

extension EWSAccess: CustomReflectable {
    public var customMirror: Mirror {
        Mirror(self, children: [], displayStyle: .enum)
    }
}
