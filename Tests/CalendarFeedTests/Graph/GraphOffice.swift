@testable import CalendarFeed
import Foundation
import TestSupport
import Testing
import Web

/// Mailboxes of the simulator as a source reads them, and what is stored of them.
struct GraphOffice {
    let simulator: RunningSimulator
    let source: GraphSource
    private let hasChoices: Bool
    private(set) var stored: [String: StoredCalendar] = [:]
    private(set) var failures: [String: RemoteFailure] = [:]

    static let window = Event.window
    static let choiceProperty = "String {66f5a359-4659-4830-9070-00047ec6ac6e} Name Choice"

    /// Runs a simulator with a source that reads from it.
    static func run<Result>(
        mailboxes: Int = 3,
        hasSpecials: Bool = false,
        options: [String] = [],
        credential: GraphTokens.Credential = .secret(RunningSimulator.Access.secret),
        clientCertificate: String? = nil,
        query: GraphQuery = GraphQuery(withBody: true, choiceProperty: choiceProperty),
        isLimitedPerApp: Bool = false,
        _ body: (inout GraphOffice) async throws -> Result
    ) async throws -> Result {
        let process = CalendarSimulatorProcess(
            mailboxes: mailboxes,
            hasSpecials: hasSpecials,
            clientCertificate: clientCertificate,
            options: options
        )
        return try await process.run { simulator in
            let fetcher = try HTTPFetcher()
            let source = GraphSource(
                endpoint: simulator.url.appending(path: "v1.0"),
                tokens: try GraphTokens.tokens(
                    login: simulator.url,
                    tenant: RunningSimulator.Access.tenant,
                    client: RunningSimulator.Access.client,
                    credential: credential,
                    scope: "https://graph.microsoft.com/.default",
                    fetcher: fetcher,
                    now: { Date() }
                ),
                fetcher: fetcher,
                retry: HTTPRetry(attempts: 4, firstWait: .milliseconds(20)),
                isLimitedPerApp: isLimitedPerApp,
                query: query
            )
            var office = GraphOffice(
                simulator: simulator,
                source: source,
                hasChoices: query.choiceProperty != nil
            )
            do {
                let result = try await body(&office)
                try await fetcher.shutdown()
                return result
            } catch {
                try await fetcher.shutdown()
                throw error
            }
        }
    }

    private init(simulator: RunningSimulator, source: GraphSource, hasChoices: Bool) {
        self.simulator = simulator
        self.source = source
        self.hasChoices = hasChoices
    }

    /// Loads mailboxes as a pass does, so many at once; each after what is stored of it.
    @discardableResult
    mutating func load(
        _ mailboxes: [String],
        isFull: Bool = false
    ) async throws -> [String: LoadAnswer] {
        let source = source
        let stored = stored
        typealias Outcome = (String, Result<LoadAnswer, RemoteFailure>)
        let answers = try await withThrowingTaskGroup(of: Outcome.self) { group in
            var answers: [Outcome] = []
            for (index, mailbox) in mailboxes.enumerated() {
                if index >= source.calendarsAtOnce, let answer = try await group.next() {
                    answers.append(answer)
                }
                group.addTask {
                    let request = LoadRequest(mailbox, after: isFull ? nil : stored[mailbox])
                    do {
                        return (mailbox, .success(try await source.load(request)))
                    } catch let failure as RemoteFailure {
                        return (mailbox, .failure(failure))
                    }
                }
            }
            for try await answer in group { answers.append(answer) }
            return answers
        }
        failures = [:]
        var successes: [String: LoadAnswer] = [:]
        for (mailbox, answer) in answers {
            switch answer {
            case .success(let answer):
                self.stored[mailbox, default: StoredCalendar()].take(answer)
                successes[mailbox] = answer
            case .failure(let failure):
                failures[mailbox] = failure
            }
        }
        return successes
    }

    /// How what is stored differs from what stands in the calendars.
    func differences(of mailboxes: [String]) async throws -> [String] {
        var differences: [String] = []
        for mailbox in mailboxes {
            var truth = try await simulator.truth(window: Self.window, mailbox: mailbox)
            if !hasChoices { for index in truth.indices { truth[index].choice = nil } }
            #expect(!truth.isEmpty)
            let bookings = (stored[mailbox]?.bookings ?? []).map {
                NormalisedBooking($0, mailbox: mailbox)
            }
            differences += bookings.differences(from: truth)
        }
        return differences
    }

    static func mailboxes(_ count: Int) -> [String] {
        (1...count).map(RunningSimulator.mailbox)
    }
}
