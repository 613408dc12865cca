import Crypto
import NIOSSL

/// What ties a handshake to the TLS connection that it goes over: `tls-server-end-point`
/// (RFC 5929 4), so that nobody in between can carry it to another server.
enum ServerEndPoint {
    /// The data of the binding: the prefix of RFC 5929 4.1 and the hash of the certificate, by the
    /// hash function that it is signed with, or SHA-256 in place of MD5 and SHA-1, and where the
    /// signature has none of its own.
    static func binding(to certificate: [UInt8]) -> [UInt8] {
        let hash: [UInt8] =
            switch signatureAlgorithm(of: certificate) {
            case sha384WithRSA, sha384WithECDSA: Array(SHA384.hash(data: certificate))
            case sha512WithRSA, sha512WithECDSA: Array(SHA512.hash(data: certificate))
            default: Array(SHA256.hash(data: certificate))
            }
        return Array("tls-server-end-point:".utf8) + hash
    }

    // RFC 4055 5, RFC 5758 3.2.
    private static let sha384WithRSA: [UInt8] = [
        0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0C,
    ]
    private static let sha512WithRSA: [UInt8] = [
        0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0D,
    ]
    private static let sha384WithECDSA: [UInt8] = [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x03]
    private static let sha512WithECDSA: [UInt8] = [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x04]

    /// The object identifier in `Certificate.signatureAlgorithm` (RFC 5280 4.1), in DER.
    private static func signatureAlgorithm(of certificate: [UInt8]) -> [UInt8]? {
        guard let outer = element(in: certificate[...], tag: 0x30),
            let signed = element(in: outer.content, tag: 0x30),
            let algorithm = element(in: signed.rest, tag: 0x30),
            let identifier = element(in: algorithm.content, tag: 0x06)
        else { return nil }
        return Array(identifier.content)
    }

    /// The first element of `bytes`, where it has this tag, and what follows it.
    private static func element(
        in bytes: ArraySlice<UInt8>,
        tag: UInt8
    ) -> (content: ArraySlice<UInt8>, rest: ArraySlice<UInt8>)? {
        guard bytes.count >= 2, bytes.first == tag else { return nil }
        var rest = bytes.dropFirst()
        var length = Int(rest.removeFirst())
        if length >= 0x80 {
            let count = length & 0x7F
            guard 1...4 ~= count, rest.count >= count else { return nil }
            length = rest.prefix(count).reduce(0) { $0 << 8 | Int($1) }
            rest = rest.dropFirst(count)
        }
        guard rest.count >= length else { return nil }
        return (rest.prefix(length), rest.dropFirst(length))
    }
}
