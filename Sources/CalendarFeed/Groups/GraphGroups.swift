public import Foundation
public import Web

/// Groups of Microsoft Entra, by Graph (calendar-apis.md 1.6).
///
/// The application needs `GroupMember.Read.All`, and for the addresses `User.ReadBasic.All` or
/// `User.Read.All`: without one of them Graph tells who is a member by key alone.
public struct GraphGroups: GroupDirectory {
    private let endpoint: URL
    private let client: DirectoryClient

    /// - Parameters:
    ///   - endpoint: Graph's, with its version.
    ///   - fetcher: Stays the caller's, who shuts it down.
    public init(endpoint: URL, tokens: AccessTokens, fetcher: HTTPFetcher) {
        self.endpoint = endpoint
        client = DirectoryClient(
            fetcher: fetcher,
            tokens: tokens,
            subject: "",
            // For a cast, and on every page anew.
            headers: [("ConsistencyLevel", "eventual")],
            remedy: "grant the application GroupMember.Read.All and consent to it as an "
                + "administrator"
        )
    }

    public func members(of group: String) async throws -> [GroupMember] {
        let id = group.contains("@") ? try await key(of: group) : group
        let path = "groups/\(DirectoryClient.escaped(id))/transitiveMembers/microsoft.graph.user"
        let query = "$select=id,mail,userPrincipalName&$count=true&$top=999"
        var next: URL? = client.url(endpoint, path: path, query: query)
        var members: [String: GroupMember] = [:]
        var promised: Int?
        var pages = PageGuard()
        while let url = next {
            next = try await client.page(url, of: group) { page in
                guard let rows = page["value"]?.values else { throw DirectoryClient.noList }
                promised = promised ?? page["@odata.count"]?.int
                for row in rows {
                    guard let key = row["id"]?.string else { throw DirectoryClient.noList }
                    let addresses = [row["mail"]?.string, row["userPrincipalName"]?.string]
                    members[key] = GroupMember(key: key, mailAddresses: addresses.compactMap { $0 })
                }
                return try pages.next(page["@odata.nextLink"]?.string, after: url, client: client)
            }
        }
        if let promised, members.count < promised {
            throw RemoteFailure(
                .truncated,
                "\(client.host(endpoint)) told \(members.count) of \(promised) members of "
                    + "\(group); nobody was switched off, and the next time asks again"
            )
        }
        if !members.isEmpty, members.values.allSatisfy({ $0.mailAddresses.isEmpty }) {
            throw RemoteFailure(
                .refused,
                "\(client.host(endpoint)) tells the members of \(group) without their addresses: "
                    + "grant the application User.ReadBasic.All, or User.Read.All where that does "
                    + "not do"
            )
        }
        return members.values.sorted { $0.key < $1.key }
    }

    /// The key of the group with this address.
    private func key(of address: String) async throws -> String {
        let quoted = DirectoryClient.escaped(address.replacing("'", with: "''"))
        let query = "$filter=mail eq '\(quoted)'&$select=id&$top=2"
        let url = client.url(endpoint, path: "groups", query: query)
        let keys = try await client.page(url, of: address) { page in
            guard let rows = page["value"]?.values else { throw DirectoryClient.noList }
            return rows.map { $0["id"]?.string }
        }
        guard keys.count == 1, let key = keys[0] else {
            throw RemoteFailure(
                .notFound,
                "\(client.host(endpoint)) has \(keys.isEmpty ? "no group" : "several groups") "
                    + "with the address \(address): name the group by its object id"
            )
        }
        return key
    }
}
