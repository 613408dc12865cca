import Foundation
package import Web

/// A fetcher with settings that let a test be quick, shut down afterwards.
package func withFetcher<Result>(
    _ change: (inout HTTPSettings) -> Void = { _ in },
    _ body: (HTTPFetcher) async throws -> Result
) async throws -> Result {
    var settings = HTTPSettings()
    settings.timeout = .seconds(30)
    settings.retry = HTTPRetry(attempts: 3, firstWait: .milliseconds(20), longestWait: .seconds(2))
    change(&settings)
    let fetcher = try HTTPFetcher(settings)
    do {
        let result = try await body(fetcher)
        try await fetcher.shutdown()
        return result
    } catch {
        try await fetcher.shutdown()
        throw error
    }
}

/// The code of the failure that `body` ends with.
package func failureCode(_ body: () async throws -> some Any) async throws -> RemoteFailure.Code? {
    do {
        _ = try await body()
        return nil
    } catch let failure as RemoteFailure {
        return failure.code
    }
}

extension HTTPRequest {
    /// A request of a URL that a test knows to be one.
    package init(
        _ method: String = "GET",
        url: String,
        body: String = "",
        _ credentials: HTTPCredentials? = nil
    ) {
        let url = URL(string: url) ?? URL(filePath: "/")
        self.init(method, url, body: Array(body.utf8), credentials: credentials)
    }
}
