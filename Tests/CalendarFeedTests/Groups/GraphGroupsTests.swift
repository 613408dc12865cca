import CalendarFeed
import Foundation
import Testing
import TestSupport
import Web

@Suite struct GraphGroupsTests {
    private func members(
        of group: String = "02bd9fd6",
        _ pages: @escaping @Sendable (_ url: String) -> [LoopbackServer.Reply],
        asked: (LoopbackServer) -> Void = { _ in }
    ) async throws -> [GroupMember] {
        try await ScriptedDirectory.run(pages) { server, fetcher, tokens in
            let endpoint = try #require(URL(string: "\(server.url)/v1.0"))
            let groups = GraphGroups(endpoint: endpoint, tokens: tokens, fetcher: fetcher)
            defer { asked(server) }
            return try await groups.members(of: group)
        }
    }

    private static func user(_ key: String, _ mail: String?, _ name: String? = nil) -> String {
        let quoted = { (text: String?) in text.map { "\"\($0)\"" } ?? "null" }
        return #"{"id":"\#(key)","mail":\#(quoted(mail)),"userPrincipalName":\#(quoted(name))}"#
    }

    private static func page(
        _ users: [String],
        count: Int? = nil,
        next: String? = nil
    ) -> LoopbackServer.Reply {
        let link = next.map { #""@odata.nextLink":"\#($0)","# } ?? ""
        let count = count.map { #""@odata.count":\#($0),"# } ?? ""
        return .text(200, "{\(count)\(link)\"value\":[\(users.joined(separator: ","))]}")
    }

    @Test func `members are told over several pages, each once`() async throws {
        let found = try await members { url in
            [
                Self.page(
                    [
                        Self.user("1", "Anna@Contoso.example", "anna@contoso.onmicrosoft.example"),
                        Self.user("2", "bo@contoso.example", "bo@contoso.example"),
                    ],
                    count: 3,
                    next: "\(url)/v1.0/next?$count=true&$skiptoken=2"
                ),
                Self.page([Self.user("2", "bo@contoso.example"), Self.user("3", nil, nil)]),
            ]
        } asked: { server in
            #expect(
                server.asked == [
                    "/v1.0/groups/02bd9fd6/transitiveMembers/microsoft.graph.user"
                        + "?$select=id,mail,userPrincipalName&$count=true&$top=999",
                    "/v1.0/next?$count=true&$skiptoken=2",
                ]
            )
            let pages = server.requests.filter { $0.path != "/token" }
            #expect(pages.allSatisfy { $0.header("ConsistencyLevel") == "eventual" })
            #expect(pages.allSatisfy { $0.header("Authorization") == "Bearer token-1" })
        }
        #expect(
            found == [
                GroupMember(
                    key: "1",
                    mailAddresses: ["anna@contoso.example", "anna@contoso.onmicrosoft.example"]
                ),
                GroupMember(key: "2", mailAddresses: ["bo@contoso.example"]),
                GroupMember(key: "3", mailAddresses: []),
            ]
        )
    }

    @Test func `a group is found by its address`() async throws {
        let found = try await members(of: "it's+all@contoso.example") { _ in
            [.text(200, #"{"value":[{"id":"g-1"}]}"#), Self.page([Self.user("1", "a@b")])]
        } asked: { server in
            #expect(
                server.asked.first
                    == "/v1.0/groups?$filter=mail%20eq%20'it%27%27s%2Ball%40contoso.example'"
                    + "&$select=id&$top=2"
            )
            #expect(server.asked.last?.hasPrefix("/v1.0/groups/g-1/transitiveMembers/") == true)
        }
        #expect(found.count == 1)
    }

    @Test func `a token that was taken back is renewed once`() async throws {
        let found = try await members { _ in [.text(401), Self.page([Self.user("1", "a@b")])] }
        #expect(found.map(\.key) == ["1"])
    }

    @Test func `an empty group is told as empty`() async throws {
        #expect(try await members { _ in [Self.page([], count: 0)] } == [])
    }

    static let faults:
        [(name: String, pages: @Sendable (String) -> [LoopbackServer.Reply], told: String)] = [
            (
                "no group", { _ in [.text(404)] },
                "HOST has no group g: correct or remove it in the customer file"
            ),
            (
                "no right", { _ in [.text(403, "{\"error\":{\"message\":\"hunter2\"}}")] },
                "HOST refuses to tell of g (403): grant the application GroupMember.Read.All and "
                    + "consent to it as an administrator"
            ),
            (
                "no addresses", { _ in [page([user("1", nil), user("2", nil)], count: 2)] },
                "HOST tells the members of g without their addresses: grant the application "
                    + "User.ReadBasic.All, or User.Read.All where that does not do"
            ),
            (
                "fewer than promised", { _ in [page([user("1", "a@b")], count: 2)] },
                "HOST told 1 of 2 members of g; nobody was switched off, and the next time asks "
                    + "again"
            ),
            (
                "a failure on the second page",
                { url in [page([user("1", "a@b")], next: "\(url)/2"), .text(500)] },
                "HOST answered 500 when asked for g"
            ),
            (
                "cut JSON", { _ in [.text(200, "{\"value\":[{\"id\":\"1\"")] },
                "HOST, asked for g: its answer is not whole JSON"
            ),
            (
                "an empty 200", { _ in [.text(200)] },
                "HOST, asked for g: its answer is empty"
            ),
            (
                "a sign-in page as JSON", { _ in [.text(200, "{}")] },
                "HOST, asked for g: its answer is no list of members"
            ),
            (
                "another host",
                { _ in [page([user("1", "a@b")], next: "https://evil.example/v1.0/next")] },
                "HOST names another host for its next page, which is not asked"
            ),
            (
                "a chain without end",
                { url in
                    (0..<9).map { page([user("\($0)", "a@b")], next: "\(url)/next?\($0 % 3)") }
                },
                "HOST tells the same page again and again: its list has no end"
            ),
        ]

    @Test(arguments: faults.indices)
    func `what is not told whole is a failure, and says what to do`(index: Int) async throws {
        let fault = Self.faults[index]
        var host = ""
        let failure = await #expect(throws: RemoteFailure.self, "\(fault.name)") {
            try await members(of: "g", fault.pages) { host = $0.url }
        }
        let told = failure?.description.replacing(host, with: "HOST")
        #expect(told == fault.told)
    }

    @Test(arguments: [("[]", "no group"), (#"[{"id":"1"},{"id":"2"}]"#, "several groups")])
    func `an address that names not one group is told`(rows: String, what: String) async throws {
        let failure = await #expect(throws: RemoteFailure.self) {
            try await members(of: "g@x") { _ in [.text(200, "{\"value\":\(rows)}")] }
        }
        #expect(failure?.code == .notFound)
        #expect(
            failure?.description.hasSuffix(
                " has \(what) with the address g@x: name the group by its object id"
            ) == true
        )
    }
}
