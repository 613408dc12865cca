import AbsenceStore
import Foundation
import Logging
import Settings
import Telephony
import Web

extension OpenedExchange {
    init(
        _ settings: HTTPExchangeSettings,
        of customer: Customer,
        in session: Session
    ) async throws {
        var http = HTTPSettings(certificateAuthorityFile: settings.certificateFile)
        http.timeout = .seconds(settings.timeout ?? 20)
        // As many as may be used at once.
        http.connectionsPerHost = settings.batchesAtOnce ?? 64
        let logger = session.logger
        let (fetcher, exchange) = try await HTTPFetcher.opened(http) { fetcher in
            HTTPExchange(
                url: try URL(setting: settings.url),
                access: try settings.login.access(fetcher, now: session.now),
                fetcher: fetcher,
                batchesAtOnce: settings.batchesAtOnce,
                tell: { [key = customer.key] oddity in
                    logger.warning(
                        "exchange answers oddly",
                        metadata: ["customer": "\(key)", "oddity": "\(oddity)"]
                    )
                }
            )
        }
        self.init(exchange) { try? await fetcher.shutdown() }
    }
}

extension HTTPExchangeSettings.Login {
    fileprivate func access(
        _ fetcher: HTTPFetcher,
        now: @escaping @Sendable () -> Date
    ) throws -> HTTPExchangeAccess {
        switch self {
        case .key(let place):
            .apiKey(try place.secret("API key"))
        case .oauth(let tokenURL, let client, let secret, let scope):
            .clientCredentials(
                tokenURL: try URL(setting: tokenURL),
                client: client,
                secret: try secret.secret("client secret"),
                scope: scope,
                fetcher: fetcher,
                now: now
            )
        }
    }
}
