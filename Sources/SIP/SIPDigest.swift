import Crypto
import Foundation

/// Answers challenges by digest (RFC 3261 22, RFC 8760): MD5, SHA-256, and their session forms.
enum SIPDigest {
    /// One challenge of a `WWW-Authenticate` or `Proxy-Authenticate`.
    struct Challenge: Hashable, Sendable {
        var realm: String
        var nonce: String
        var algorithm: Algorithm
        /// The name of the algorithm as the server wrote it; nil where it named none.
        var algorithmName: String?
        var opaque: String?
        var isStale: Bool
        /// Whether the client's own count and value go into the digest (`qop=auth`).
        var hasQuality: Bool

        /// Nil for what this cannot answer.
        init?(_ header: String) {
            guard let parameters = SIPDigest.parameters(of: header),
                let realm = parameters["realm"], let nonce = parameters["nonce"],
                let algorithm = Algorithm(name: parameters["algorithm"] ?? "MD5")
            else { return nil }
            self.realm = realm
            self.nonce = nonce
            self.algorithm = algorithm
            algorithmName = parameters["algorithm"]
            opaque = parameters["opaque"]
            isStale = parameters["stale"]?.lowercased() == "true"
            let qualities = parameters["qop"]?.split { $0 == "," || $0 == " " } ?? []
            hasQuality = qualities.contains { $0.lowercased() == "auth" }
            // Where only the body may be protected as well, there is no answer here.
            if !qualities.isEmpty, !hasQuality { return nil }
        }
    }

    struct Algorithm: Hashable, Sendable {
        var isSHA256: Bool
        var isSession: Bool

        init?(name: String) {
            switch name.uppercased() {
            case "MD5": (isSHA256, isSession) = (false, false)
            case "MD5-SESS": (isSHA256, isSession) = (false, true)
            case "SHA-256": (isSHA256, isSession) = (true, false)
            case "SHA-256-SESS": (isSHA256, isSession) = (true, true)
            default: return nil
            }
        }

        func digest(_ text: String) -> String {
            let data = Data(text.utf8)
            return isSHA256
                ? Self.figures(SHA256.hash(data: data))
                : Self.figures(Insecure.MD5.hash(data: data))
        }

        private static func figures(_ digest: some Digest) -> String {
            digest.map { String(format: "%02x", $0) }.joined()
        }
    }

    /// The first challenge of each realm that can be answered: servers put first what they want
    /// most (RFC 8760 2.4).
    static func challenges(in headers: [String]) -> [Challenge] {
        var realms: Set<String> = []
        return headers.compactMap(Challenge.init).filter { realms.insert($0.realm).inserted }
    }

    /// The value of `Authorization` or `Proxy-Authorization` that answers the challenge.
    ///
    /// - Parameters:
    ///   - count: how often this challenge was answered, this time with it.
    ///   - clientNonce: text that is used once.
    static func answer(
        to challenge: Challenge,
        _ credentials: SIPCredentials,
        method: String,
        uri: String,
        count: Int,
        clientNonce: String
    ) -> String {
        let hash = challenge.algorithm.digest
        var secret = hash("\(credentials.user):\(challenge.realm):\(credentials.password)")
        if challenge.algorithm.isSession {
            secret = hash("\(secret):\(challenge.nonce):\(clientNonce)")
        }
        let request = hash("\(method):\(uri)")
        let count = String(format: "%08x", count)
        let response =
            challenge.hasQuality
            ? hash("\(secret):\(challenge.nonce):\(count):\(clientNonce):auth:\(request)")
            : hash("\(secret):\(challenge.nonce):\(request)")

        var parts = [
            "username=\(quoted(credentials.user))", "realm=\(quoted(challenge.realm))",
            "nonce=\(quoted(challenge.nonce))", "uri=\(quoted(uri))",
            "response=\"\(response)\"",
        ]
        if let name = challenge.algorithmName { parts.append("algorithm=\(name)") }
        if challenge.hasQuality { parts += ["qop=auth", "nc=\(count)"] }
        if challenge.hasQuality || challenge.algorithm.isSession {
            parts.append("cnonce=\"\(clientNonce)\"")
        }
        if let opaque = challenge.opaque { parts.append("opaque=\(quoted(opaque))") }
        return "Digest " + parts.joined(separator: ", ")
    }

    private static func quoted(_ text: String) -> String {
        // Nothing that a server wrote may begin another line of ours.
        let line = text.filter { !$0.isNewline }
        let escaped = line.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "\"\(escaped)\""
    }

    /// The parameters of a Digest challenge by their names in small letters; nil where it is none.
    private static func parameters(of header: String) -> [String: String]? {
        guard let scheme = header.prefixMatch(of: /\s*(?i:digest)\s+/) else { return nil }
        var result: [String: String] = [:]
        let form = /([A-Za-z0-9_-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/
        for match in header[scheme.range.upperBound...].matches(of: form) {
            let quoted = match.output.2.map { $0.replacing(/\\(.)/) { $0.output.1 } }
            result[match.output.1.lowercased()] = (quoted ?? match.output.3).map { String($0) }
        }
        return result
    }
}
