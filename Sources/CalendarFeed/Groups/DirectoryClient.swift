import Foundation
import Web

/// Asks a directory for pages of JSON.
struct DirectoryClient: Sendable {
    var fetcher: HTTPFetcher
    var tokens: AccessTokens
    /// Whose token it is, as ``AccessTokens`` has it.
    var subject: String
    /// Go with every page.
    var headers: [(name: String, value: String)]
    /// What to do where the directory refuses.
    var remedy: String

    /// Hands a page to `body`; its elements must not be kept beyond that.
    ///
    /// - Parameter group: What the page is about, for failures.
    func page<Result>(
        _ url: URL,
        of group: String,
        _ body: (JSONElement) throws -> Result
    ) async throws -> Result {
        var answer = try await self.answer(url)
        // A token that was taken back: once more with another.
        if answer.status == 401 { answer = try await self.answer(url) }
        guard answer.status == 200 else { throw failure(answer.status, url, group) }
        do {
            return try JSONReader().read(answer.body, body)
        } catch let failure as RemoteFailure where failure.code == .malformed {
            throw RemoteFailure(.malformed, "\(host(url)), asked for \(group): \(failure)")
        }
    }

    private func answer(_ url: URL) async throws -> HTTPAnswer {
        let token = try await tokens.token(for: subject)
        let answer = try await fetcher.send(
            HTTPRequest(
                "GET",
                url,
                headers: [("Accept", "application/json")] + headers,
                credentials: .bearer(token: token)
            )
        )
        if answer.status == 401 { await tokens.forget(token) }
        return answer
    }

    private func failure(_ status: Int, _ url: URL, _ group: String) -> RemoteFailure {
        let host = host(url)
        switch status {
        case 401, 403:
            return RemoteFailure(
                .refused,
                "\(host) refuses to tell of \(group) (\(status)): \(remedy)"
            )
        case 404:
            return RemoteFailure(
                .notFound,
                "\(host) has no group \(group): correct or remove it in the customer file"
            )
        case 429, 503:
            return RemoteFailure(
                .serverError,
                "\(host) asks to wait longer than we do (\(status)): the next time asks again"
            )
        default:
            return RemoteFailure(.serverError, "\(host) answered \(status) when asked for \(group)")
        }
    }

    /// The failure of a page that is JSON and no list.
    static let noList = RemoteFailure(.malformed, "its answer is no list of members")

    func host(_ url: URL) -> String {
        HTTPOrigin(url)?.description ?? "the directory"
    }

    /// `path` below `endpoint`. What came from elsewhere is ``escaped(_:)`` already.
    func url(_ endpoint: URL, path: String, query: String) -> URL {
        var components = URLComponents(url: endpoint, resolvingAgainstBaseURL: false)
        components?.percentEncodedPath += "/\(path)"
        components?.percentEncodedQuery =
            query.addingPercentEncoding(withAllowedCharacters: Self.plainInQuery) ?? query
        return components?.url ?? endpoint
    }

    static func escaped(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? text
    }

    /// RFC 3986 2.3.
    private static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
    )
    private static let plainInQuery = unreserved.union(CharacterSet(charactersIn: "$=&,'@%"))
}

/// Follows a chain of pages, and finds out where it does not end or leads elsewhere.
struct PageGuard {
    private var seen: Set<String> = []
    /// Of a million members.
    private static let most = 10_000

    /// The next page's address, or nil after the last page.
    ///
    /// - Throws: ``RemoteFailure`` where the token would go to another host, or the chain has no end.
    mutating func next(
        _ link: String?,
        after url: URL,
        client: DirectoryClient
    ) throws(RemoteFailure) -> URL? {
        seen.insert(url.absoluteString)
        guard let link else { return nil }
        guard let next = URL(string: link), let origin = HTTPOrigin(next),
            origin == HTTPOrigin(url)
        else {
            throw RemoteFailure(
                .refused,
                "\(client.host(url)) names another host for its next page, which is not asked"
            )
        }
        guard !seen.contains(next.absoluteString), seen.count < Self.most else {
            throw RemoteFailure(
                .tooLarge,
                "\(client.host(url)) tells the same page again and again: its list has no end"
            )
        }
        return next
    }
}
