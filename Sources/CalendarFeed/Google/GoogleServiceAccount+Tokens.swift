public import Foundation
import JWTKit
public import Web

extension GoogleServiceAccount {
    /// Access tokens for acting as users of the domain: the subject is a user's mail address.
    ///
    /// - Parameters:
    ///   - scope: what may be done, as granted to the account in the Admin console.
    ///   - now: tells the time for `iat` and `exp`.
    public func tokens(
        scope: String,
        fetcher: HTTPFetcher,
        now: @escaping @Sendable () -> Date
    ) -> AccessTokens {
        AccessTokens(fetcher: fetcher, endpoint: tokenEndpoint, now: now) { user, instant in
            [
                ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"),
                ("assertion", try await self.assertion(user: user, scope: scope, at: instant)),
            ]
        }
    }

    /// A signed wish for a token of an hour (RFC 7523; calendar-apis.md 3.3).
    func assertion(user: String, scope: String, at instant: Date) async throws -> String {
        let issued = Int(instant.timeIntervalSince1970)
        let keys = JWTKeyCollection()
        await keys.add(
            rsa: key,
            digestAlgorithm: .sha256,
            kid: JWKIdentifier(string: keyID)
        )
        return try await keys.sign(
            Claims(
                iss: email,
                sub: user,
                scope: scope,
                aud: Self.audience,
                iat: issued,
                exp: issued + 3600
            ),
            kid: JWKIdentifier(string: keyID)
        )
    }

    private struct Claims: JWTPayload {
        var iss: String
        var sub: String
        var scope: String
        var aud: String
        var iat: Int
        var exp: Int

        /// Nobody here takes in assertions.
        func verify(using algorithm: some JWTAlgorithm) {}
    }
}
