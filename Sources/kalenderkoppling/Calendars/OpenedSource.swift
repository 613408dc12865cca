import CalendarFeed
import Foundation
import Settings

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

    init(_ settings: CalendarSettings, now: @escaping @Sendable () -> Date) throws {
        switch settings.access {
        case .folder(let path):
            self.init(ICSFolderSource(root: URL(fileURLWithPath: path, isDirectory: true)))
        case .subscription(let url):
            let fetcher = try HTTPFetcher(HTTPSettings(settings))
            self.init(ICSSubscriptions(url: url, feed: ICSFeedSource(fetcher: fetcher))) {
                try await fetcher.shutdown()
            }
        case .caldav(let server):
            let password = try server.password.secret("password")
            let fetcher = try HTTPFetcher(HTTPSettings(settings, server.certificateFile))
            self.init(
                try CalDAVSource(
                    base: server.url,
                    credentials: .basic(user: server.user, password: password),
                    fetcher: fetcher
                )
            ) {
                try await fetcher.shutdown()
            }
        case .graph(let graph):
            try self.init(graph, HTTPSettings(settings, graph.certificateFile), now: now)
        case .ews(let server):
            try self.init(server, HTTPSettings(settings, server.certificateFile), now: now)
        case .google(let google):
            try self.init(google, HTTPSettings(settings, google.certificateFile), now: now)
        }
    }

    func close() async throws {
        try await end()
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

    func load(_ request: LoadRequest) async throws -> LoadAnswer {
        let address =
            request.address.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed)
            ?? request.address
        var request = request
        request.address = url.replacing("{address}", with: address)
        return try await feed.load(request)
    }
}
