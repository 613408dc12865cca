import CalendarFeed
import Foundation
import Settings
import Web

extension OpenedSource {
    init(
        _ settings: GoogleSettings,
        _ http: HTTPSettings,
        now: @escaping @Sendable () -> Date
    ) async throws {
        var http = http
        http.connectionsPerHost = GoogleSource.calendarsAtOnce
        try await self.init(http) { fetcher in
            let source = try GoogleSource(
                endpoint: URL(setting: settings.url),
                key: settings.account,
                fetcher: fetcher,
                choiceProperty: settings.choiceProperty,
                projectPerMinute: settings.projectPerMinute,
                userPerMinute: settings.userPerMinute,
                now: now
            )
            return (source, nil)
        }
    }
}

extension GoogleSettings {
    /// - Throws: ``RemoteFailure`` where the key file cannot be read, or is no service account's.
    var account: GoogleServiceAccount {
        get throws {
            try GoogleServiceAccount(SecretPlace.contents(of: keyFile, "key"))
        }
    }
}
