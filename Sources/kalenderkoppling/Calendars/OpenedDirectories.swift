import AbsenceStore
import CalendarFeed
import Foundation
import Settings
import Web

/// The directories of a customer's calendar sources, each opened when it is first asked for.
final class OpenedDirectories {
    private let calendars: [CalendarSettings]
    private let now: @Sendable () -> Date
    private var opened: [String: OpenedDirectory] = [:]

    init(of customer: Customer, now: @escaping @Sendable () -> Date) {
        calendars = customer.calendars
        self.now = now
    }

    /// The directory of the source of that name.
    ///
    /// - Throws: ``RemoteFailure`` where it cannot be opened.
    func directory(_ source: String) async throws -> any GroupDirectory {
        if let known = opened[source] { return known.directory }
        guard let settings = calendars.first(where: { $0.name == source }) else {
            throw RemoteFailure(.refused, "the customer file has no calendar source \(source)")
        }
        let directory = try await OpenedDirectory(settings, now: now)
        opened[source] = directory
        return directory.directory
    }

    func close() async {
        for directory in opened.values { try? await directory.close() }
        opened = [:]
    }
}

/// A directory made from the settings of its calendar source, with the connections that it holds.
struct OpenedDirectory {
    let directory: any GroupDirectory
    private let fetcher: HTTPFetcher

    /// - Throws: ``RemoteFailure`` that says what of the settings cannot be used, and no secret.
    init(_ settings: CalendarSettings, now: @escaping @Sendable () -> Date) async throws {
        switch settings.access {
        case .graph(let graph):
            let http = HTTPSettings(settings, graph.certificateFile)
            (fetcher, directory) = try await HTTPFetcher.opened(http) { fetcher in
                GraphGroups(
                    endpoint: try graph.endpoint,
                    tokens: try graph.tokens(fetcher: fetcher, now: now),
                    fetcher: fetcher
                )
            }
        case .google(let google):
            guard let admin = google.admin else {
                throw RemoteFailure(
                    .refused,
                    "\(settings.name) reads groups in the name of an administrator: give it the "
                        + "key admin in the customer file"
                )
            }
            let http = HTTPSettings(settings, google.certificateFile)
            (fetcher, directory) = try await HTTPFetcher.opened(http) { fetcher in
                GoogleGroups(
                    endpoint: try URL(setting: google.directoryURL),
                    tokens: try google.account.tokens(
                        scope: GoogleGroups.scope,
                        fetcher: fetcher,
                        now: now
                    ),
                    admin: admin,
                    fetcher: fetcher
                )
            }
        case .folder, .subscription, .caldav, .ews:
            throw RemoteFailure(
                .refused,
                "\(settings.name) has no groups; kinds graph and google do"
            )
        }
    }

    func close() async throws {
        try await fetcher.shutdown()
    }
}
