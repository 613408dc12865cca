import Testing

@testable import SIP

/// Answers to challenges against the examples of the RFCs.
@Suite struct SIPDigestTests {
    private let mufasa = SIPCredentials(user: "Mufasa", password: "Circle of Life")

    private func response(_ challenge: String, nonce: String) throws -> String {
        let challenge = try #require(SIPDigest.challenges(in: [challenge]).first)
        let answer = SIPDigest.answer(
            to: challenge,
            mufasa,
            method: "GET",
            uri: "/dir/index.html",
            count: 1,
            clientNonce: nonce
        )
        let match = try #require(answer.firstMatch(of: /response="([0-9a-f]+)"/))
        return String(match.1)
    }

    /// RFC 7616 3.9.1.
    @Test(arguments: [
        ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
        ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
    ])
    func isThatOfRFC7616(algorithm: String, expected: String) throws {
        let response = try response(
            """
            Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=\(algorithm), \
            nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", \
            opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"
            """,
            nonce: "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"
        )
        #expect(response == expected)
    }

    @Test func takesTheFirstThatItKnowsOfEachRealm() {
        let challenges = SIPDigest.challenges(in: [
            #"Digest realm="a", nonce="1", algorithm=SHA-512-256"#,
            #"Digest realm="a", nonce="2", algorithm=SHA-256"#,
            #"Digest realm="a", nonce="3", algorithm=MD5"#,
            #"Digest realm="b", nonce="4""#,
            #"Basic realm="c""#,
            #"Digest realm="d", nonce="5", qop="auth-int""#,
        ])
        #expect(challenges.map(\.nonce) == ["2", "4"])
    }

    @Test func quotesWhatTheServerWrote() throws {
        let challenge = try #require(
            SIPDigest.Challenge(#"Digest realm="a \"b\" \\c", nonce="1, x=2", stale=TRUE"#)
        )
        #expect(challenge.realm == #"a "b" \c"#)
        #expect(challenge.nonce == "1, x=2")
        #expect(challenge.isStale)
        let answer = SIPDigest.answer(
            to: challenge,
            mufasa,
            method: "INVITE",
            uri: "sip:1@a",
            count: 1,
            clientNonce: "z"
        )
        #expect(answer.contains(#"realm="a \"b\" \\c""#))
    }

    @Test func noDescriptionTellsThePassword() {
        let account = SIPAccount(domain: "d", name: "n", credentials: mufasa)
        var dumped = ""
        dump(account, to: &dumped)
        #expect(!"\(account) \(mufasa) \(String(reflecting: account)) \(dumped)".contains("Circle"))
    }
}
