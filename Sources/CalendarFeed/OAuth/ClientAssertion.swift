import Crypto
import Foundation
import JWTKit
import Web

/// A signed word that a client is who it says (RFC 7523), as the Microsoft identity platform
/// wants it: PS256, and the certificate named by its SHA-256 hash (calendar-apis.md 1.6).
///
/// Its descriptions and its mirror leave the key out.
struct ClientAssertion: Sendable {
    static let type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

    private let key: JWTKit.Insecure.RSA.PrivateKey
    private let thumbprint: String
    private let client: String
    private let audience: String

    /// - Throws: ``RemoteFailure`` `refused` where certificate or key cannot be read, or the two do
    ///   not belong together.
    init(
        certificatePEM: String,
        keyPEM: String,
        client: String,
        audience: String
    ) throws(RemoteFailure) {
        guard let certificate = Self.firstCertificate(certificatePEM),
            let publicKey = try? JWTKit.Insecure.RSA.PublicKey(certificatePEM: certificate.pem)
        else {
            throw RemoteFailure(
                .refused,
                "the certificate cannot be read: give a PEM file whose first certificate is that "
                    + "of the client, with an RSA key"
            )
        }
        guard let key = try? JWTKit.Insecure.RSA.PrivateKey(pem: keyPEM) else {
            throw RemoteFailure(
                .refused,
                "the certificate's key cannot be read: give a PEM file with an RSA key of at least "
                    + "2048 bits that has no passphrase"
            )
        }
        guard key.publicKey.pemRepresentation == publicKey.pemRepresentation else {
            throw RemoteFailure(.refused, "the key is not that of the certificate")
        }
        self.key = key
        self.client = client
        self.audience = audience
        thumbprint = Self.base64URL(SHA256.hash(data: certificate.der))
    }

    /// A new one, good for ten minutes around `instant`.
    func text(at instant: Date) async throws -> String {
        let keys = await JWTKeyCollection().add(pss: key, digestAlgorithm: .sha256)
        return try await keys.sign(
            Claims(
                audience: audience,
                client: client,
                identifier: UUID().uuidString,
                notBefore: instant.addingTimeInterval(-60),
                expiration: instant.addingTimeInterval(540)
            ),
            header: JWTHeader(fields: ["typ": .string("JWT"), "x5t#S256": .string(thumbprint)])
        )
    }

    private struct Claims: JWTPayload {
        var aud: AudienceClaim
        var iss: IssuerClaim
        var sub: SubjectClaim
        var jti: IDClaim
        var nbf: NotBeforeClaim
        var iat: IssuedAtClaim
        var exp: ExpirationClaim

        init(
            audience: String,
            client: String,
            identifier: String,
            notBefore: Date,
            expiration: Date
        ) {
            aud = AudienceClaim(value: [audience])
            iss = IssuerClaim(value: client)
            sub = SubjectClaim(value: client)
            jti = IDClaim(value: identifier)
            nbf = NotBeforeClaim(value: notBefore)
            iat = IssuedAtClaim(value: notBefore)
            exp = ExpirationClaim(value: expiration)
        }

        /// Only the server verifies.
        func verify(using algorithm: some JWTAlgorithm) {}
    }

    private static func firstCertificate(_ pem: String) -> (pem: String, der: Data)? {
        let begin = "-----BEGIN CERTIFICATE-----"
        let end = "-----END CERTIFICATE-----"
        guard let start = pem.range(of: begin),
            let stop = pem.range(of: end, range: start.upperBound..<pem.endIndex),
            let der = Data(
                base64Encoded: String(pem[start.upperBound..<stop.lowerBound]),
                options: .ignoreUnknownCharacters
            )
        else { return nil }
        return (String(pem[start.lowerBound..<stop.upperBound]), der)
    }

    private static func base64URL(_ digest: SHA256.Digest) -> String {
        Data(digest).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}

extension ClientAssertion: CustomStringConvertible, CustomDebugStringConvertible {
    var description: String { "assertion of \(client)" }

    var debugDescription: String { description }
}

extension ClientAssertion: CustomReflectable {
    var customMirror: Mirror {
        Mirror(self, children: [], displayStyle: .struct)
    }
}
