import Crypto
import Foundation
import HTTPServing
import JWTKit
import NIOSSL

/// The Microsoft identity platform: client credentials with a secret or an assertion
/// (calendar-apis.md 1.6).
struct MicrosoftTokenFace: ProtocolFace {
    var simulation: Simulation

    func answer(_ request: ServerRequest) async -> ServerAnswer? {
        let parts = request.pathParts
        guard parts.count == 4 else { return nil }
        if parts[1...] == ["oauth2", "v2.0", "token"] {
            simulation.counts.add(.token)
            return await token(request, tenant: parts[0])
        }
        if parts[1...] == ["v2.0", ".well-known", "openid-configuration"] {
            return configuration(request, tenant: parts[0])
        }
        return nil
    }

    private func configuration(_ request: ServerRequest, tenant: String) -> ServerAnswer {
        guard tenant == SimulatedAccess.tenant else { return Self.noTenant }
        let base = "\(request.origin)/\(tenant)"
        return .json {
            $0.object {
                $0.member("token_endpoint", "\(base)/oauth2/v2.0/token")
                $0.member("authorization_endpoint", "\(base)/oauth2/v2.0/authorize")
                $0.member("jwks_uri", "\(base)/discovery/v2.0/keys")
                $0.member("issuer", "\(base)/v2.0")
                $0.member("tenant_region_scope", "EU")
            }
        }
    }

    private func token(_ request: ServerRequest, tenant: String) async -> ServerAnswer {
        guard tenant == SimulatedAccess.tenant else { return Self.noTenant }
        let form = request.form
        guard request.method == "POST", form["grant_type"] == "client_credentials" else {
            return Self.refusal(400, "unsupported_grant_type", 70003)
        }
        guard form["client_id"] == SimulatedAccess.client else {
            return Self.refusal(400, "unauthorized_client", 700016)
        }
        guard let scope = form["scope"], scope.hasSuffix("/.default") else {
            return Self.refusal(400, "invalid_scope", 1002012)
        }
        if let assertion = form["client_assertion"] {
            guard
                form["client_assertion_type"]
                    == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                await accepts(assertion, for: "\(request.origin)\(request.path)")
            else { return Self.refusal(401, "invalid_client", 700027) }
        } else if form["client_secret"] != SimulatedAccess.secret {
            return Self.refusal(401, "invalid_client", 7_000_215)
        }
        let isGraph = scope.contains("graph") || scope.hasPrefix(request.origin)
        let token = simulation.tokens.issue(for: isGraph ? .graph : .ews)
        return .json {
            $0.object {
                $0.member("token_type", "Bearer")
                $0.member("expires_in", Tokens.life)
                $0.member("ext_expires_in", Tokens.life)
                $0.member("access_token", token)
            }
        }
    }

    private static let noTenant = refusal(400, "invalid_request", 90002)

    private static func refusal(_ status: Int, _ code: String, _ number: Int) -> ServerAnswer {
        .json(status) {
            $0.object {
                $0.member("error", code)
                $0.member("error_description", "AADSTS\(number): refused by the simulator.")
                $0.member("error_codes") { $0.array { $0.value(number) } }
            }
        }
    }
}

extension MicrosoftTokenFace {
    /// Claims of an assertion (RFC 7523 3).
    private struct Claims: JWTPayload {
        var iss: IssuerClaim
        var sub: SubjectClaim
        var aud: AudienceClaim
        var exp: ExpirationClaim
        var nbf: NotBeforeClaim?
        var jti: IDClaim

        func verify(using algorithm: some JWTAlgorithm) async throws {}
    }

    /// Whether an assertion verifies against the client's certificate, is meant for this endpoint,
    /// and holds by the server's clock.
    private func accepts(_ assertion: String, for endpoint: String) async -> Bool {
        guard let pem = simulation.access.clientCertificate,
            let certificate = try? NIOSSLCertificate(bytes: Array(pem.utf8), format: .pem),
            let der = try? certificate.toDERBytes(),
            let key = try? Insecure.RSA.PublicKey(certificatePEM: pem)
        else { return false }
        let keys = JWTKeyCollection()
        let digests = [
            "x5t#S256": Data(SHA256.hash(data: der)), "x5t": Data(Insecure.SHA1.hash(data: der)),
        ]
        guard let header = Self.header(of: assertion) else { return false }
        switch header["alg"] as? String {
        case "PS256": await keys.add(pss: key, digestAlgorithm: .sha256)
        case "RS256": await keys.add(rsa: key, digestAlgorithm: .sha256)
        default: return false
        }
        let isNamed = digests.contains { name, digest in
            (header[name] as? String).map { Self.decoded($0) == digest } ?? false
        }
        guard isNamed, let claims = try? await keys.verify(assertion, as: Claims.self) else {
            return false
        }
        let now = simulation.clock.now
        return claims.iss.value == SimulatedAccess.client
            && claims.sub.value == SimulatedAccess.client
            && claims.aud.value.contains(endpoint)
            && (claims.nbf.map { $0.value <= now.addingTimeInterval(60) } ?? true)
            && claims.exp.value > now
            && claims.exp.value <= now.addingTimeInterval(24 * 3600)
    }

    private static func header(of assertion: String) -> [String: Any]? {
        guard let first = assertion.split(separator: ".").first, let data = decoded(String(first))
        else { return nil }
        return try? JSONSerialization.jsonObject(with: data) as? [String: Any]
    }

    /// Base64url without padding (RFC 7515 2).
    private static func decoded(_ text: String) -> Data? {
        var text = text.replacing("-", with: "+").replacing("_", with: "/")
        while text.utf8.count % 4 != 0 { text += "=" }
        return Data(base64Encoded: text)
    }
}
