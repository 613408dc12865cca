import Foundation
import Testing

@testable import CalendarFeed
import Web

@Suite struct GoogleServiceAccountTests {
    private func account(_ change: (inout [String: String]) -> Void = { _ in }) throws
        -> GoogleServiceAccount
    {
        var members = KeyFile.members()
        change(&members)
        return try GoogleServiceAccount(try JSONEncoder().encode(members))
    }

    @Test func `the file of the console is read`() throws {
        let account = try account()
        #expect(account.email == "kk@kk.iam.gserviceaccount.com")
        #expect(account.clientID == "1234567890")
        #expect(account.tokenEndpoint.absoluteString == "https://oauth2.googleapis.com/token")
        #expect(account.keyID == "abc123")
    }

    @Test(arguments: ["type", "client_email", "private_key_id", "private_key", "token_uri"])
    func `what the file lacks is told, and nothing of the key`(member: String) throws {
        let failure = #expect(throws: RemoteFailure.self) {
            _ = try account { $0[member] = member == "token_uri" ? "nowhere" : "" }
        }
        #expect(failure?.code == .refused)
        #expect(failure?.description.contains(member == "type" ? "type" : member) == true)
        #expect(failure?.description.contains("BEGIN") == false)
    }

    @Test(arguments: ["", "not JSON", "[]", #"{"installed":{"client_id":"x"}}"#])
    func `another file is refused`(text: String) {
        let failure = #expect(throws: RemoteFailure.self) {
            _ = try GoogleServiceAccount(text.utf8)
        }
        #expect(failure?.code == .refused)
    }

    @Test func `a key that is none is refused`() {
        let failure = #expect(throws: RemoteFailure.self) {
            _ = try account { $0["private_key"] = "-----BEGIN PRIVATE KEY-----\nAAAA\n" }
        }
        #expect(failure?.description.contains("AAAA") == false)
    }

    @Test func `no description holds the key`() throws {
        let account = try account()
        var dumped = ""
        dump(account, to: &dumped)
        for text in ["\(account)", String(reflecting: account), dumped] {
            #expect(!text.contains("PRIVATE"))
            #expect(!text.contains("abc123"))
        }
    }

    @Test func `an assertion says who, for whom, what for and how long`() async throws {
        let token = try await account().assertion(
            user: "anna@example.com",
            scope: GoogleSource.scope,
            at: Date(timeIntervalSince1970: 1_790_000_000.9)
        )
        let parts = token.split(separator: ".").map(String.init)
        try #require(parts.count == 3)
        let header = try decoded(parts[0])
        #expect(header["alg"] as? String == "RS256")
        #expect(header["typ"] as? String == "JWT")
        #expect(header["kid"] as? String == "abc123")
        let claims = try decoded(parts[1])
        #expect(claims["iss"] as? String == "kk@kk.iam.gserviceaccount.com")
        #expect(claims["sub"] as? String == "anna@example.com")
        #expect(
            claims["scope"] as? String
                == "https://www.googleapis.com/auth/calendar.events.readonly"
        )
        #expect(claims["aud"] as? String == "https://oauth2.googleapis.com/token")
        #expect(claims["iat"] as? Int == 1_790_000_000)
        #expect(claims["exp"] as? Int == 1_790_003_600)
    }

    private func decoded(_ part: String) throws -> [String: Any] {
        var text = part.replacing("-", with: "+").replacing("_", with: "/")
        while text.count % 4 != 0 { text += "=" }
        let data = try #require(Data(base64Encoded: text))
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }
}
