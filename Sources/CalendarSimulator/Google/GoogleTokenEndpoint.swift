import Foundation
import HTTPServing
import JWTKit

/// Tokens for a service account that acts as a user (RFC 7523; calendar-apis.md 3.3).
struct GoogleTokenEndpoint {
    private static let audience = "https://oauth2.googleapis.com/token"
    private static let grant = "urn:ietf:params:oauth:grant-type:jwt-bearer"
    /// What an administrator has delegated, below https://www.googleapis.com/auth/.
    private static let scopes: Set<Substring> = [
        "calendar.events.readonly", "calendar.readonly", "admin.directory.group.member.readonly",
        "admin.directory.group.readonly",
    ]
    /// How far clocks may differ, in seconds.
    private static let tolerance = 150.0

    var simulation: Simulation
    var key: GoogleKey

    private struct Claims: JWTPayload {
        var iss: IssuerClaim
        var sub: SubjectClaim?
        var scope: String
        var aud: AudienceClaim
        var iat: IssuedAtClaim
        var exp: ExpirationClaim

        func verify(using algorithm: some JWTAlgorithm) {}
    }

    func answer(_ request: ServerRequest) async -> ServerAnswer {
        let form = request.form
        guard form["grant_type"] == Self.grant, let assertion = form["assertion"] else {
            return refusal(400, "unsupported_grant_type")
        }
        guard let keys = await key.keys,
            let claims = try? await keys.verify(assertion, as: Claims.self),
            claims.iss.value == GoogleKey.email, claims.aud.value == [Self.audience]
        else { return refusal(400, "invalid_grant") }
        let now = simulation.clock.now
        guard abs(claims.iat.value.timeIntervalSince(now)) <= Self.tolerance,
            claims.exp.value > now,
            claims.exp.value.timeIntervalSince(claims.iat.value) <= 3600
        else { return refusal(400, "invalid_grant") }
        let scopes = claims.scope.split(separator: " ")
        let granted = scopes.allSatisfy { scope in
            scope.hasPrefix("https://www.googleapis.com/auth/")
                && Self.scopes.contains(scope.dropFirst("https://www.googleapis.com/auth/".count))
        }
        guard !scopes.isEmpty, granted else { return refusal(401, "unauthorized_client") }
        let user = claims.sub?.value.lowercased() ?? ""
        // An administrator of the domain has no mailbox here.
        guard
            user.isEmpty || user.hasPrefix("admin@")
                || simulation.organisation.number(of: user) != nil
        else { return refusal(400, "invalid_grant") }
        let token = simulation.tokens.issue(for: .google, subject: user)
        return .json {
            $0.object {
                $0.member("access_token", token)
                $0.member("expires_in", Tokens.life)
                $0.member("token_type", "Bearer")
            }
        }
    }

    private func refusal(_ status: Int, _ code: String) -> ServerAnswer {
        .json(status) {
            $0.object {
                $0.member("error", code)
                $0.member("error_description", "Refused by the simulator.")
            }
        }
    }
}
