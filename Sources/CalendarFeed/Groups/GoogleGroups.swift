public import Foundation
public import Web

/// Groups of Google Workspace, by the Admin SDK's Directory API: `members.list`.
///
/// The service account reads them in the name of an administrator.
public struct GoogleGroups: GroupDirectory {
    /// What an administrator of the domain delegates to the service account.
    public static let scope =
        "https://www.googleapis.com/auth/admin.directory.group.member.readonly"

    private let endpoint: URL
    private let client: DirectoryClient

    /// - Parameters:
    ///   - endpoint: The Directory API's, with its version.
    ///   - tokens: For ``scope``.
    ///   - admin: The administrator's mail address.
    ///   - fetcher: Stays the caller's, who shuts it down.
    public init(endpoint: URL, tokens: AccessTokens, admin: String, fetcher: HTTPFetcher) {
        self.endpoint = endpoint
        client = DirectoryClient(
            fetcher: fetcher,
            tokens: tokens,
            subject: admin,
            headers: [],
            remedy:
                "the Admin SDK API must be on in the project, \(admin) an administrator who may "
                + "read groups, and the scope \(Self.scope) delegated to the service account"
        )
    }

    public func members(of group: String) async throws -> [GroupMember] {
        let path = "groups/\(DirectoryClient.escaped(group))/members"
        let query = "includeDerivedMembership=true&maxResults=200"
        var next: URL? = client.url(endpoint, path: path, query: query)
        var members: [String: GroupMember] = [:]
        var pages = PageGuard()
        while let url = next {
            next = try await client.page(url, of: group) { page in
                // A page without members has no list.
                guard page.isObject, page["kind"]?.string == "admin#directory#members" else {
                    throw DirectoryClient.noList
                }
                for row in page["members"]?.values.map(Array.init) ?? [] {
                    try read(row, of: group, into: &members)
                }
                let token = page["nextPageToken"]?.string.map {
                    client.url(
                        endpoint,
                        path: path,
                        query: "\(query)&pageToken=\(DirectoryClient.escaped($0))"
                    ).absoluteString
                }
                return try pages.next(token, after: url, client: client)
            }
        }
        return members.values.sorted { $0.key < $1.key }
    }

    private func read(
        _ row: JSONElement,
        of group: String,
        into members: inout [String: GroupMember]
    ) throws {
        switch row["type"]?.string {
        case "GROUP":
            // Its members follow by themselves.
            return
        case "CUSTOMER":
            throw RemoteFailure(
                .refused,
                "\(group) has everybody of the domain in it, whom Google does not list: "
                    + "name a group of users"
            )
        default:
            guard let key = row["id"]?.string ?? row["email"]?.string else {
                throw DirectoryClient.noList
            }
            let addresses = [row["email"]?.string].compactMap { $0 }
            members[key] = GroupMember(key: key, mailAddresses: addresses)
        }
    }
}
