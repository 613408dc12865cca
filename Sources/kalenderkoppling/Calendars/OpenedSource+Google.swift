import CalendarFeed
import Foundation
import Settings

extension OpenedSource {
    init(
        _ settings: GoogleSettings,
        _ http: HTTPSettings,
        now: @escaping @Sendable () -> Date
    ) throws {
        let fetcher = try HTTPFetcher(http)
        self.init(
            try GoogleSource(
                endpoint: URL(setting: settings.url),
                key: settings.account,
                fetcher: fetcher,
                choiceProperty: settings.choiceProperty,
                projectPerMinute: settings.projectPerMinute,
                userPerMinute: settings.userPerMinute,
                now: now
            )
        ) {
            try await fetcher.shutdown()
        }
    }
}

extension GoogleSettings {
    /// - Throws: ``LoadFailure`` where the key file cannot be read, or is no service account's.
    var account: GoogleServiceAccount {
        get throws {
            try GoogleServiceAccount(SecretPlace.contents(of: keyFile, "key"))
        }
    }

    var directoryEndpoint: URL {
        get throws { try URL(setting: directoryURL) }
    }
}
