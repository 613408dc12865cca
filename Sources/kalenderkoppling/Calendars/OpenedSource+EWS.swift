import CalendarFeed
import Foundation
import Settings
import Web

extension OpenedSource {
    init(
        _ settings: EWSSettings,
        _ http: HTTPSettings,
        now: @escaping @Sendable () -> Date
    ) async throws {
        switch settings.login {
        case .basic(let user, let place):
            let password = try place.secret("password")
            try self.init(settings, .basic(user: user, password: password), http)
        case .ntlm(let user, let place):
            let password = try place.secret("password")
            try self.init(settings, .ntlm(user: user, password: password), http)
        case .oauth(let tokenURL, let client, let place, let scope):
            // RFC 6749 4.4.
            let form = [
                ("grant_type", "client_credentials"), ("client_id", client),
                ("client_secret", try place.secret("client secret")), ("scope", scope),
            ]
            let endpoint = try URL(setting: tokenURL)
            let (fetcher, (source, tokens)) = try await HTTPFetcher.opened(http) { fetcher in
                let tokens = AccessTokens(
                    fetcher: fetcher,
                    endpoint: endpoint,
                    now: now,
                    form: { _, _ in form }
                )
                return (try settings.source(.oauth(tokens), http), tokens)
            }
            self.init(source, tokens: tokens) {
                await source.close()
                try await fetcher.shutdown()
            }
        }
    }

    private init(_ settings: EWSSettings, _ access: EWSAccess, _ http: HTTPSettings) throws {
        let source = try settings.source(access, http)
        self.init(source) { await source.close() }
    }
}

extension EWSSettings {
    fileprivate func source(_ access: EWSAccess, _ http: HTTPSettings) throws -> EWSSource {
        try EWSSource(
            endpoint: URL(setting: url),
            access: access,
            settings: http,
            choiceProperty: choiceProperty
        )
    }
}
