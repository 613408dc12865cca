import CalendarFeed
import Foundation
import Settings
import Web

/// A calendar source made from its settings, with the connections that it holds.
struct OpenedSource {
    let source: any BookingSource
    /// What lets the source in, where that is one token for everybody.
    let tokens: AccessTokens?
    private let end: () async throws -> Void

    /// - Parameter end: What closes the source's connections.
    init(
        _ source: any BookingSource,
        tokens: AccessTokens? = nil,
        end: @escaping () async throws -> Void = {}
    ) {
        self.source = source
        self.tokens = tokens
        self.end = end
    }

    /// - Throws: ``RemoteFailure`` that says what of the settings cannot be used, and no secret.
    init(_ settings: CalendarSettings, now: @escaping @Sendable () -> Date) async throws {
        switch settings.access {
        case .folder(let path):
            self.init(ICSFolderSource(root: URL(fileURLWithPath: path, isDirectory: true)))
        case .subscription(let url):
            try await self.init(HTTPSettings(settings)) { fetcher in
                (ICSSubscriptions(url: url, feed: ICSFeedSource(fetcher: fetcher)), nil)
            }
        case .caldav(let server):
            let password = try server.password.secret("password")
            try await self.init(HTTPSettings(settings, server.certificateFile)) { fetcher in
                let source = try CalDAVSource(
                    base: server.url,
                    credentials: .basic(user: server.user, password: password),
                    fetcher: fetcher
                )
                return (source, nil)
            }
        case .graph(let graph):
            try await self.init(graph, HTTPSettings(settings, graph.certificateFile), now: now)
        case .ews(let server):
            try await self.init(server, HTTPSettings(settings, server.certificateFile), now: now)
        case .google(let google):
            try await self.init(google, HTTPSettings(settings, google.certificateFile), now: now)
        }
    }

    /// A source with a fetcher of its own.
    init(
        _ http: HTTPSettings,
        _ make: (HTTPFetcher) throws -> (any BookingSource, AccessTokens?)
    ) async throws {
        let (fetcher, (source, tokens)) = try await HTTPFetcher.opened(http, make)
        self.init(source, tokens: tokens) { try await fetcher.shutdown() }
    }

    func close() async throws {
        try await end()
    }
}

extension HTTPFetcher {
    /// A fetcher and what is made with it. Where that cannot be made, the fetcher is ended.
    static func opened<Made>(
        _ settings: HTTPSettings,
        _ make: (HTTPFetcher) throws -> Made
    ) async throws -> (HTTPFetcher, Made) {
        let fetcher = try HTTPFetcher(settings)
        do {
            return (fetcher, try make(fetcher))
        } catch {
            try? await fetcher.shutdown()
            throw error
        }
    }
}

extension HTTPSettings {
    init(_ settings: CalendarSettings, _ certificateFile: String? = nil) {
        self.init(certificateAuthorityFile: certificateFile)
        if let timeout = settings.timeout { self.timeout = .seconds(timeout) }
    }
}

/// Feeds whose URL has the user's address in it.
private struct ICSSubscriptions: BookingSource {
    let url: String
    let feed: ICSFeedSource

    var counts: TrafficCounts.Numbers { feed.counts }

    func load(_ request: LoadRequest) async throws -> LoadAnswer {
        let address =
            request.address.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed)
            ?? request.address
        var request = request
        request.address = url.replacing("{address}", with: address)
        return try await feed.load(request)
    }
}
