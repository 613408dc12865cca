public import Foundation
public import Web

/// What lets the exchange `http` in.
///
/// Its descriptions and its mirror leave the secret out, so that no log and no error can hold it.
public enum HTTPExchangeAccess: Sendable {
    /// Shown as `X-Api-Key`.
    case apiKey(String)
    /// Shown as a bearer token (RFC 6750).
    case tokens(AccessTokens)

    /// Tokens for client credentials, with client and secret in the form (RFC 6749 4.4 and 2.3.1).
    ///
    /// - Parameter scope: nil where the vendor names none.
    public static func clientCredentials(
        tokenURL: URL,
        client: String,
        secret: String,
        scope: String? = nil,
        fetcher: HTTPFetcher,
        now: @escaping @Sendable () -> Date
    ) -> HTTPExchangeAccess {
        .tokens(
            AccessTokens(fetcher: fetcher, endpoint: tokenURL, now: now) { _, _ in
                var form = [
                    ("grant_type", "client_credentials"), ("client_id", client),
                    ("client_secret", secret),
                ]
                if let scope { form.append(("scope", scope)) }
                return form
            }
        )
    }
}

extension HTTPExchangeAccess: CustomStringConvertible, CustomDebugStringConvertible {
    public var description: String {
        switch self {
        case .apiKey: "API key"
        case .tokens: "client credentials"
        }
    }

    public var debugDescription: String { description }
}

extension HTTPExchangeAccess: CustomReflectable {
    public var customMirror: Mirror {
        Mirror(self, children: [], displayStyle: .enum)
    }
}
