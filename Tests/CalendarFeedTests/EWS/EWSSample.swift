import CalendarFeed
import Foundation
import TestSupport
import Web

/// Loads of the simulator's mailboxes by ``EWSSource``.
enum EWSSample {
    /// 16 November to 28 December 2026.
    static let window =
        Date(timeIntervalSince1970: 1_794_787_200)..<Date(timeIntervalSince1970: 1_798_416_000)

    static let basic = EWSAccess.basic(
        user: RunningSimulator.Access.account,
        password: RunningSimulator.Access.secret
    )

    static let choiceProperty = "PublicStrings/KalenderkopplingChoice"

    static func endpoint(_ simulator: RunningSimulator) -> URL {
        simulator.url.appending(path: "EWS/Exchange.asmx")
    }

    /// Where a server of a test's own answers.
    static func endpoint(_ server: LoopbackServer) throws -> URL {
        guard let url = URL(string: "\(server.url)/EWS/Exchange.asmx") else {
            throw URLError(.badURL)
        }
        return url
    }

    /// A source that is closed after `body`.
    static func withSource<Result>(
        _ endpoint: URL,
        access: EWSAccess = basic,
        authority: String? = nil,
        retry: HTTPRetry = HTTPRetry(
            attempts: 3,
            firstWait: .milliseconds(20),
            longestWait: .seconds(2)
        ),
        _ body: (EWSSource) async throws -> Result
    ) async throws -> Result {
        let source = try EWSSource(
            endpoint: endpoint,
            access: access,
            settings: HTTPSettings(certificateAuthorityFile: authority, retry: retry),
            choiceProperty: choiceProperty
        )
        do {
            let result = try await body(source)
            await source.close()
            return result
        } catch {
            await source.close()
            throw error
        }
    }

    static func request(_ mailbox: String, cursor: String? = nil) -> LoadRequest {
        LoadRequest(
            address: mailbox,
            timeZone: TimeZone(identifier: "Europe/Berlin") ?? .gmt,
            window: window,
            cursor: cursor
        )
    }

    /// What our source reads of several mailboxes, a few at once.
    static func bookings(
        _ source: EWSSource,
        mailboxes: [String]
    ) async throws -> [NormalisedBooking] {
        try await withThrowingTaskGroup(of: [NormalisedBooking].self) { group in
            for mailbox in mailboxes {
                group.addTask {
                    let answer = try await source.load(request(mailbox))
                    return NormalisedBooking.all(in: answer, mailbox: mailbox)
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }.inOrder
        }
    }
}

extension StoredCalendar {
    /// What is stored, in the form of the truth.
    func normalised(_ mailbox: String) -> [NormalisedBooking] {
        bookings.map { NormalisedBooking($0, mailbox: mailbox) }.inOrder
    }
}
