import CalendarFeed
import Foundation
import Settings

/// A calendar source made from its settings, with the connections that it holds.
struct OpenedSource {
    let source: any BookingSource
    private let fetcher: HTTPFetcher?

    init(_ settings: CalendarSettings) throws {
        switch settings.access {
        case .folder(let path):
            fetcher = nil
            source = ICSFolderSource(root: URL(fileURLWithPath: path, isDirectory: true))
        case .subscription(let url):
            let fetcher = try HTTPFetcher(Self.http(settings, certificateFile: nil))
            self.fetcher = fetcher
            source = ICSSubscriptions(url: url, feed: ICSFeedSource(fetcher: fetcher))
        case .caldav(let server):
            let password = try Self.secret(server.password)
            let fetcher = try HTTPFetcher(
                Self.http(settings, certificateFile: server.certificateFile)
            )
            self.fetcher = fetcher
            source = try CalDAVSource(
                base: server.url,
                credentials: .basic(user: server.user, password: password),
                fetcher: fetcher
            )
        }
    }

    func close() async throws {
        try await fetcher?.shutdown()
    }

    private static func http(
        _ settings: CalendarSettings,
        certificateFile: String?
    ) -> HTTPSettings {
        var http = HTTPSettings(certificateAuthorityFile: certificateFile)
        if let timeout = settings.timeout { http.timeout = .seconds(timeout) }
        return http
    }

    /// - Throws: ``LoadFailure`` that names the place, never the secret.
    private static func secret(_ place: SecretPlace) throws -> String {
        switch place {
        case .file(let path):
            guard let text = try? String(contentsOfFile: path, encoding: .utf8),
                let line = text.split(whereSeparator: \.isNewline).first
            else {
                throw LoadFailure(
                    .refused,
                    "the password file \(path) cannot be read, or is empty"
                )
            }
            return String(line)
        case .environment(let name):
            guard let value = ProcessInfo.processInfo.environment[name], !value.isEmpty else {
                throw LoadFailure(.refused, "the environment has no \(name) with the password")
            }
            return value
        }
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
