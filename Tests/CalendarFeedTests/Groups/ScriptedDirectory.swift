import TestSupport
import CalendarFeed
import Foundation
import NIOCore
import Synchronization
import Web

/// A directory that answers with these pages, one after the other, whatever is asked, and a token
/// endpoint beside it.
enum ScriptedDirectory {
    typealias Reply = LoopbackServer.Reply

    /// - Parameter pages: of the server at the URL that they are made with.
    static func run<Result>(
        _ pages: @escaping @Sendable (_ url: String) -> [Reply],
        _ body: (LoopbackServer, HTTPFetcher, AccessTokens) async throws -> Result
    ) async throws -> Result {
        let served = Mutex(0)
        let tokens = Mutex(0)
        let answer: @Sendable (LoopbackServer.Request) -> Reply = { request in
            if request.path == "/token" {
                let count = tokens.withLock {
                    $0 += 1
                    return $0
                }
                return .text(200, #"{"access_token":"token-\#(count)","expires_in":3599}"#)
            }
            let number = served.withLock { number in
                defer { number += 1 }
                return number
            }
            let all = pages("http://\(request.header("Host") ?? "")")
            return number < all.count ? all[number] : .text(500)
        }
        return try await LoopbackServer.run(answer) { server in
            let fetcher = try HTTPFetcher(
                HTTPSettings(timeout: .seconds(30), retry: HTTPRetry(firstWait: .milliseconds(1)))
            )
            do {
                let result = try await body(server, fetcher, tokenSource(server, fetcher))
                try await fetcher.shutdown()
                return result
            } catch {
                try? await fetcher.shutdown()
                throw error
            }
        }
    }

    private static func tokenSource(_ server: LoopbackServer, _ fetcher: HTTPFetcher) throws
        -> AccessTokens
    {
        guard let url = URL(string: "\(server.url)/token") else {
            throw RemoteFailure(.malformed, "no URL")
        }
        return AccessTokens(fetcher: fetcher, endpoint: url, now: { Date() }) { subject, _ in
            [("subject", subject)]
        }
    }
}

extension LoopbackServer {
    /// What was asked for beside tokens: path and query.
    var asked: [String] { requests.map(\.path).filter { $0 != "/token" } }
}
