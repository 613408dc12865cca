import CalendarFeed
import Foundation
import Settings

extension OpenedSource {
    init(
        _ settings: EWSSettings,
        _ http: HTTPSettings,
        now: @escaping @Sendable () -> Date
    ) throws {
        var fetcher: HTTPFetcher?
        var tokens: AccessTokens?
        let access: EWSAccess
        switch settings.login {
        case .basic(let user, let password):
            access = .basic(user: user, password: try password.secret("password"))
        case .ntlm(let user, let password):
            access = .ntlm(user: user, password: try password.secret("password"))
        case .oauth(let tokenURL, let client, let place, let scope):
            let secret = try place.secret("client secret")
            let ofTokens = try HTTPFetcher(http)
            fetcher = ofTokens
            // RFC 6749 4.4.
            let form = [
                ("grant_type", "client_credentials"), ("client_id", client),
                ("client_secret", secret), ("scope", scope),
            ]
            let ofServer = AccessTokens(
                fetcher: ofTokens,
                endpoint: try URL(setting: tokenURL),
                now: now,
                form: { _, _ in form }
            )
            tokens = ofServer
            access = .oauth(ofServer)
        }
        let source = try EWSSource(
            endpoint: URL(setting: settings.url),
            access: access,
            settings: http,
            choiceProperty: settings.choiceProperty
        )
        self.init(source, tokens: tokens) { [fetcher] in
            await source.close()
            try await fetcher?.shutdown()
        }
    }
}
