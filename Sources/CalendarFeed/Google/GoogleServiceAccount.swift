import Foundation
import JWTKit
public import Web

/// A service account of Google Cloud with domain-wide delegation: who we are to Google.
///
/// Read from the JSON file that the Cloud console hands out once. Its descriptions and its mirror
/// leave the key out, so that no log and no error can hold it.
public struct GoogleServiceAccount: Sendable {
    /// The account's own mail address.
    public let email: String
    /// The number under which an administrator grants the delegation, where the file has it.
    public let clientID: String?
    /// Where tokens are fetched; the file names it.
    let tokenEndpoint: URL
    let keyID: String
    let key: Insecure.RSA.PrivateKey

    /// - Parameter file: the bytes of the JSON file.
    /// - Throws: ``RemoteFailure`` `refused` with what the file is not.
    public init(_ file: some Sequence<UInt8>) throws(RemoteFailure) {
        let read: (kind: String?, members: [String?])
        do {
            read = try JSONReader().read(Array(file)) { root in
                (
                    root["type"]?.string,
                    [
                        root["client_email"]?.string, root["private_key_id"]?.string,
                        root["private_key"]?.string, root["token_uri"]?.string,
                        root["client_id"]?.string,
                    ]
                )
            }
        } catch {
            throw Self.refused("it is not JSON: use the file as the Cloud console gave it")
        }
        guard read.kind == "service_account" else {
            throw Self.refused("its type is not service_account: make a key of a service account")
        }
        for (name, member) in zip(["client_email", "private_key_id", "private_key"], read.members)
        where (member ?? "").isEmpty {
            throw Self.refused("it has no \(name): use the file as the Cloud console gave it")
        }
        guard let endpoint = URL(string: read.members[3] ?? Self.audience),
            HTTPOrigin(endpoint) != nil
        else { throw Self.refused("its token_uri is no http or https address") }
        do {
            key = try Insecure.RSA.PrivateKey(pem: read.members[2] ?? "")
        } catch {
            throw Self.refused("its private_key is no RSA key in PEM: make a new key")
        }
        email = read.members[0] ?? ""
        keyID = read.members[1] ?? ""
        clientID = read.members[4]
        tokenEndpoint = endpoint
    }

    /// To whom assertions are made out, wherever they are sent (calendar-apis.md 3.3).
    static let audience = "https://oauth2.googleapis.com/token"

    private static func refused(_ reason: String) -> RemoteFailure {
        RemoteFailure(
            .refused,
            "the key file of the Google service account cannot be used: \(reason)"
        )
    }
}

extension GoogleServiceAccount: CustomStringConvertible, CustomDebugStringConvertible {
    public var description: String { "service account \(email)" }
    public var debugDescription: String { description }
}

extension GoogleServiceAccount: CustomReflectable {
    public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}
