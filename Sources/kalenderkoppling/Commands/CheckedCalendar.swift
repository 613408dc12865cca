import AbsenceStore
import CalendarFeed
import Foundation
import Settings
import Web

/// One calendar source, asked for an hour of its first user's calendar; nothing of it is kept.
struct CheckedCalendar {
    private let settings: CalendarSettings
    private let customer: Customer
    private let session: Session

    init(_ settings: CalendarSettings, of customer: Customer, in session: Session) {
        self.settings = settings
        self.customer = customer
        self.session = session
    }

    /// How far it came, in a sentence.
    func answer() async throws -> String {
        let opened = try await OpenedSource(settings, now: session.now)
        do {
            let answer = try await answer(opened)
            try await opened.close()
            return answer
        } catch {
            try? await opened.close()
            throw error
        }
    }

    private func answer(_ opened: OpenedSource) async throws -> String {
        let calendars = try session.store.calendarsToLoad(of: customer, source: settings.name)
        guard let first = calendars.first else {
            // Whoever sets this up asks before there is a roster.
            guard let tokens = opened.tokens else { return "set up; no user has a calendar of it" }
            _ = try await tokens.token()
            return "token got; no user has a calendar of it"
        }
        let now = session.now()
        let answer: LoadAnswer
        do {
            answer = try await opened.source.load(
                LoadRequest(
                    address: first.address,
                    timeZone: TimeZone(identifier: first.timeZone) ?? .gmt,
                    mailAddresses: first.mailAddresses,
                    window: now..<now.addingTimeInterval(3600)
                )
            )
        } catch let failure as RemoteFailure {
            throw RemoteFailure(failure.code, "asked for \(first.userKey): \(failure)")
        }
        let way = letIn.map { "\($0), " } ?? ""
        return answer.failures.isEmpty
            ? "\(way)answers for \(first.userKey)"
            : "\(way)answers in part for \(first.userKey): "
                + answer.failures.joined(separator: "; ")
    }

    /// What an answer shows beside itself.
    private var letIn: String? {
        switch settings.access {
        case .graph, .google: return "token got"
        case .ews(let server):
            if case .oauth = server.login { return "token got" }
            return "logged in"
        case .folder, .subscription, .caldav: return nil
        }
    }
}
