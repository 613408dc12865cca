public import Foundation
public import Web

/// Access tokens of the Microsoft identity platform for an application by itself (client
/// credentials; calendar-apis.md 1.6).
public enum GraphTokens {
    /// What proves who the application is.
    ///
    /// Its descriptions and its mirror leave the contents out, so that no log and no error can
    /// hold them.
    public enum Credential: Sendable {
        case secret(String)
        /// A certificate that is registered with the application, and its RSA key, both in PEM.
        case certificate(certificatePEM: String, keyPEM: String)
    }

    /// - Parameters:
    ///   - login: such as `https://login.microsoftonline.com`; national clouds have their own.
    ///   - tenant: the tenant's domain or identifier.
    ///   - client: the application's identifier.
    ///   - scope: such as `https://graph.microsoft.com/.default`.
    /// - Throws: ``RemoteFailure`` `refused` where certificate or key cannot be read, or the two do
    ///   not belong together.
    public static func tokens(
        login: URL,
        tenant: String,
        client: String,
        credential: Credential,
        scope: String,
        fetcher: HTTPFetcher,
        now: @escaping @Sendable () -> Date
    ) throws -> AccessTokens {
        let endpoint = login.appending(components: tenant, "oauth2", "v2.0", "token")
        let assertion: ClientAssertion?
        let proof: [(String, String)]
        switch credential {
        case .secret(let secret):
            assertion = nil
            proof = [("client_secret", secret)]
        case .certificate(let certificatePEM, let keyPEM):
            assertion = try ClientAssertion(
                certificatePEM: certificatePEM,
                keyPEM: keyPEM,
                client: client,
                audience: endpoint.absoluteString
            )
            proof = [("client_assertion_type", ClientAssertion.type)]
        }
        return AccessTokens(fetcher: fetcher, endpoint: endpoint, now: now) { _, instant in
            var form = [
                ("client_id", client), ("scope", scope), ("grant_type", "client_credentials"),
            ]
            form += proof
            if let assertion {
                form.append(("client_assertion", try await assertion.text(at: instant)))
            }
            return form
        }
    }
}

extension GraphTokens.Credential: CustomStringConvertible, CustomDebugStringConvertible {
    public var description: String {
        switch self {
        case .secret: "secret"
        case .certificate: "certificate"
        }
    }

    public var debugDescription: String { description }
}

extension GraphTokens.Credential: CustomReflectable {
    public var customMirror: Mirror {
        Mirror(self, children: [], displayStyle: .enum)
    }
}
