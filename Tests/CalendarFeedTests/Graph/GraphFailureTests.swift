import AbsenceModel
@testable import CalendarFeed
import Foundation
import Testing
import Web

@Suite struct `GraphSource: failures` {
    private func failure(_ graph: ScriptedGraph) async throws -> RemoteFailure {
        try await graph.withSource { source in
            try await #require(throws: RemoteFailure.self) {
                try await source.load(LoadRequest("anna@example.com"))
            }
        }
    }

    @Test(arguments: [
        (403, "ErrorAccessDenied", RemoteFailure.Code.refused, "Calendars.Read"),
        (404, "ErrorNonExistentMailbox", .notFound, "roster"),
        (404, "ErrorItemNotFound", .notFound, "roster"),
        (404, "MailboxNotEnabledForRESTAPI", .notFound, "licence"),
        (403, "extensionError", .notFound, "on premises"),
        (500, "InternalServerError", .serverError, "500"),
        (503, "ServiceUnavailable", .serverError, "busy"),
    ])
    func `a mailbox that is refused says what to do`(
        status: Int,
        code: String,
        expected: RemoteFailure.Code,
        word: String
    ) async throws {
        let failure = try await failure(
            ScriptedGraph { $0["delta"] = .error(status, code) }
        )
        #expect(failure.code == expected)
        #expect(failure.description.contains(word))
        #expect(failure.description.contains(code))
        #expect(!failure.description.contains("Hemligt"))
    }

    @Test(arguments: [
        #"{"value":[{"id":"a","subject":"Hemli"#, "", "[]", "{}", #"{"subject":"Hemligt"}"#,
    ])
    func `an answer that is no whole answer covers nothing`(body: String) async throws {
        let graph = ScriptedGraph { $0["delta"] = .row(body) }
        let failure = try await failure(graph)
        #expect(failure.code == .malformed)
        #expect(!failure.description.contains("Hemli"))
        #expect(graph.asked == ["delta", "delta"])
    }

    @Test func `a change without an id moves the round no further`() async throws {
        let nameless = Row.single("c", 25, second: 6).replacing(#""id":"c","#, with: "")
        let graph = ScriptedGraph {
            $0["delta"] = .page([Row.single("a", 23)], delta: "x")
            $0["delta x"] = .page([nameless, Row.single("b", 23, second: 5)], delta: "y")
        }
        try await graph.withSource { source in
            var stored = StoredCalendar()
            stored.take(try await source.load(LoadRequest("anna@example.com")))
            let before = stored.cursor
            let answer = try await source.load(LoadRequest("anna@example.com", after: stored))
            stored.take(answer)
            #expect(stored.bookings.map(\.key) == ["a", "b"])
            #expect(answer.failures.count == 1)
            #expect(stored.cursor == before)
        }
    }

    @Test func `a view whose pages go in a circle covers nothing`() async throws {
        let graph = ScriptedGraph {
            $0["delta"] = .page([], next: "1")
            $0["delta 1"] = .page([], next: "1")
            let link = "HOST/v1.0/users/anna@example.com/calendarView?x"
            $0["view"] = .row(#"{"value":[],"@odata.nextLink":"\#(link)"}"#)
        }
        #expect(try await failure(graph).description.contains("without end"))
    }

    @Test func `a round without a delta link covers nothing`() async throws {
        let failure = try await failure(ScriptedGraph { $0["delta"] = .page([]) })
        #expect(failure.code == .truncated)
    }

    @Test func `a state that is lost twice ends the load`() async throws {
        let graph = ScriptedGraph { $0["delta"] = .error(410, "SyncStateNotFound") }
        #expect(try await failure(graph).code == .serverError)
        #expect(graph.asked == ["delta", "delta"])
    }

    @Test(arguments: [
        "https://elsewhere.example/v1.0/next", "HOST/v2.0/next", "HOST.example/v1.0/next", "/next",
    ])
    func `a link to another place is not followed`(link: String) async throws {
        let graph = ScriptedGraph {
            $0["delta"] = .row(#"{"value":[],"@odata.nextLink":"\#(link)"}"#)
        }
        #expect(try await failure(graph).code == .refused)
        #expect(graph.asked == ["delta"])
    }

    @Test(arguments: [
        ("https://graph.example/v1.0", "https://graph.example/v1.0/users/a?$x=1", "/users/a?$x=1"),
        ("https://graph.example/v1.0/", "https://Graph.example:443/v1.0/me", "/me"),
        ("https://graph.example/v1.0", "https://graph.example/v1.0x/me", nil),
        ("https://graph.example/v1.0", "http://graph.example/v1.0/me", nil),
    ])
    func `a link is read as a path behind the endpoint`(
        endpoint: String,
        link: String,
        path: String?
    ) throws {
        let endpoint = GraphEndpoint(try #require(URL(string: endpoint)))
        #expect((try? endpoint.path(of: link)) == path)
    }

    @Test(arguments: ["", " ", "/x"])
    func `an address without a mailbox is refused`(address: String) {
        #expect(throws: RemoteFailure.self) { try GraphAddress(address) }
    }

    /// Whole days of a view are the mailbox's own.
    @Test func `a day more is asked for at both ends`() throws {
        let query = GraphQuery(withBody: true)
        let address = try GraphAddress("a@x.example")
        let window = LoadRequest("a").window
        let day = 86_400.0
        let period =
            "startDateTime=\((window.lowerBound - day).formatted(.iso8601))"
            + "&endDateTime=\((window.upperBound + day).formatted(.iso8601))"
        for path in [
            query.delta(address, window), query.wholeView(address, window),
            query.instances(address, of: "m", window), query.choices(address, window),
        ] {
            #expect(path.contains(period))
        }
    }

    @Test func `no description holds a credential`() {
        for credential: GraphTokens.Credential in [
            .secret("hemligt"), .certificate(certificatePEM: "hemligt", keyPEM: "hemligt"),
        ] {
            var dumped = ""
            dump(credential, to: &dumped)
            for text in [dumped, "\(credential)", String(reflecting: credential)] {
                #expect(!text.contains("hemligt"))
            }
        }
    }

    @Test func `addresses are one segment each`() throws {
        #expect(try GraphAddress("Ann#EXT#@x.example").path == "/users/ann%23ext%23@x.example")
        #expect(
            try GraphAddress("a@x.example/AAM/k+c=").path
                == "/users/a@x.example/calendars/AAM%2Fk%2Bc%3D"
        )
    }
}
