import CalendarFeed
import Foundation
import Testing
import TestSupport
import Web

@Suite struct GoogleGroupsTests {
    private func members(
        of group: String = "telefon@exempel.example",
        _ pages: @escaping @Sendable (_ url: String) -> [LoopbackServer.Reply],
        asked: (LoopbackServer) -> Void = { _ in }
    ) async throws -> [GroupMember] {
        try await ScriptedDirectory.run(pages) { server, fetcher, tokens in
            let endpoint = try #require(URL(string: "\(server.url)/admin/directory/v1"))
            let groups = GoogleGroups(
                endpoint: endpoint,
                tokens: tokens,
                admin: "it@exempel.example",
                fetcher: fetcher
            )
            defer { asked(server) }
            return try await groups.members(of: group)
        }
    }

    private static func row(_ key: String, _ mail: String, type: String = "USER") -> String {
        #"{"id":"\#(key)","email":"\#(mail)","type":"\#(type)"}"#
    }

    private static func page(_ rows: [String], next: String? = nil) -> LoopbackServer.Reply {
        let token = next.map { #","nextPageToken":"\#($0)""# } ?? ""
        let list = rows.isEmpty ? "" : ",\"members\":[\(rows.joined(separator: ","))]"
        return .text(200, #"{"kind":"admin#directory#members"\#(list)\#(token)}"#)
    }

    @Test func `members are told over several pages, without the groups among them`()
        async throws
    {
        let found = try await members { _ in
            [
                Self.page([Self.row("1", "Anna@exempel.example")], next: "a+b/c="),
                Self.page([Self.row("9", "nested@exempel.example", type: "GROUP")], next: "d"),
                Self.page([
                    Self.row("2", "bo@exempel.example"), Self.row("1", "anna@exempel.example"),
                ]),
            ]
        } asked: { server in
            let path =
                "/admin/directory/v1/groups/telefon%40exempel.example/members"
                + "?includeDerivedMembership=true&maxResults=200"
            #expect(
                server.asked
                    == [path, "\(path)&pageToken=a%2Bb%2Fc%3D", "\(path)&pageToken=d"]
            )
            #expect(server.requests[0].body == "subject=it@exempel.example")
        }
        #expect(
            found == [
                GroupMember(key: "1", mailAddresses: ["anna@exempel.example"]),
                GroupMember(key: "2", mailAddresses: ["bo@exempel.example"]),
            ]
        )
    }

    @Test func `an empty group is told as empty`() async throws {
        #expect(try await members { _ in [Self.page([])] } == [])
    }

    static let faults: [(pages: [LoopbackServer.Reply], told: String)] = [
        (
            [.text(404)],
            "HOST has no group telefon@exempel.example: correct or remove it in the customer file"
        ),
        (
            [.text(403, "{\"error\":{\"message\":\"hunter2\"}}")],
            "HOST refuses to tell of telefon@exempel.example (403): the Admin SDK API must be on "
                + "in the project, it@exempel.example an administrator who may read groups, and "
                + "the scope https://www.googleapis.com/auth/admin.directory.group.member.readonly "
                + "delegated to the service account"
        ),
        (
            [page([row("1", "a@b")], next: "2"), .text(200)],
            "HOST, asked for telefon@exempel.example: its answer is empty"
        ),
        (
            [.text(200, "{}")],
            "HOST, asked for telefon@exempel.example: its answer is no list of members"
        ),
        (
            [page([row("1", "a@b"), #"{"id":"C0","type":"CUSTOMER"}"#])],
            "telefon@exempel.example has everybody of the domain in it, whom Google does not "
                + "list: name a group of users"
        ),
        (
            [page([row("1", "a@b")], next: "2"), page([row("2", "b@b")], next: "2")],
            "HOST tells the same page again and again: its list has no end"
        ),
    ]

    @Test(arguments: faults.indices)
    func `what is not told whole is a failure, and says what to do`(index: Int) async throws {
        let fault = Self.faults[index]
        var host = ""
        let failure = await #expect(throws: RemoteFailure.self) {
            try await members { _ in
                fault.pages
            } asked: {
                host = $0.url
            }
        }
        #expect(failure?.description.replacing(host, with: "HOST") == fault.told)
    }
}
