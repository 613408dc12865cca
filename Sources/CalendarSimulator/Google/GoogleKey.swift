import CryptoExtras
import HTTPServing
import JWTKit
import Synchronization

/// The key of the service account, made when it is first asked for.
final class GoogleKey: Sendable {
    static let email = "kalenderkoppling@simulator.iam.gserviceaccount.com"
    static let id = "5f1d2c3b4a5968778695a4b3c2d1e0f9"

    private let made = Mutex<_RSA.Signing.PrivateKey?>(nil)

    private var key: _RSA.Signing.PrivateKey? {
        made.withLock { made in
            if made == nil { made = try? _RSA.Signing.PrivateKey(keySize: .bits2048) }
            return made
        }
    }

    /// For verifying what was signed with the key.
    var keys: JWTKeyCollection? {
        get async {
            guard let key, let own = try? Insecure.RSA.PublicKey(backing: key.publicKey) else {
                return nil
            }
            let keys = JWTKeyCollection()
            await keys.add(rsa: own, digestAlgorithm: .sha256, kid: JWKIdentifier(string: Self.id))
            return keys
        }
    }

    /// The JSON file as the Cloud console hands it out, with this server's token endpoint.
    func file(origin: String) -> ServerAnswer {
        guard let key else { return .text(500, "no key could be made\n") }
        return .json {
            $0.object {
                $0.member("type", "service_account")
                $0.member("project_id", "simulator")
                $0.member("private_key_id", Self.id)
                $0.member("private_key", key.pkcs8PEMRepresentation)
                $0.member("client_email", Self.email)
                $0.member("client_id", "100000000000000000001")
                $0.member("auth_uri", "https://accounts.google.com/o/oauth2/auth")
                $0.member("token_uri", "\(origin)/token")
                $0.member("universe_domain", "googleapis.com")
            }
        }
    }
}
