import CalendarFeed
import Foundation
import Settings
import Web

extension OpenedSource {
    init(
        _ settings: GraphSettings,
        _ http: HTTPSettings,
        now: @escaping @Sendable () -> Date
    ) async throws {
        try await self.init(http) { fetcher in
            let tokens = try settings.tokens(fetcher: fetcher, now: now)
            let source = GraphSource(
                endpoint: try settings.endpoint,
                tokens: tokens,
                fetcher: fetcher,
                isLimitedPerApp: settings.concurrency == .app,
                choiceProperty: settings.choiceProperty
            )
            return (source, tokens)
        }
    }
}

extension GraphSettings {
    var endpoint: URL {
        get throws { try URL(setting: cloud.url) }
    }

    /// Tokens of the application, for Graph.
    ///
    /// - Throws: ``RemoteFailure`` where the secret or the certificate cannot be read.
    func tokens(
        fetcher: HTTPFetcher,
        now: @escaping @Sendable () -> Date
    ) throws -> AccessTokens {
        try GraphTokens.tokens(
            login: URL(setting: cloud.loginURL),
            tenant: tenant,
            client: client,
            credential: shown,
            scope: scope,
            fetcher: fetcher,
            now: now
        )
    }

    /// What the application shows, read from where the settings say it is.
    private var shown: GraphTokens.Credential {
        get throws {
            switch credential {
            case .secret(let place): .secret(try place.secret("client secret"))
            case .certificate(let file, let keyFile):
                .certificate(
                    certificatePEM: try SecretPlace.text(of: file, "certificate"),
                    keyPEM: try SecretPlace.text(of: keyFile, "key")
                )
            }
        }
    }

    /// Everything that the application was granted, of this Graph: each cloud has its own.
    private var scope: String {
        get throws {
            var root = URLComponents(url: try endpoint, resolvingAgainstBaseURL: false)
            root?.path = "/.default"
            return root?.string ?? cloud.url
        }
    }
}
