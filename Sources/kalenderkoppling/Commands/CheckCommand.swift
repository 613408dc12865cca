import Settings
import AbsenceStore
import ArgumentParser
import CalendarFeed
import Foundation
import Telephony

/// `check`: whether everything that a run needs is there.
struct CheckCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check the database, its schema, the calendar sources and the telephone side.",
        discussion: """
            Ends with 0 where all is well, with 75 where the schema is not there, else with 1.

            EXAMPLE: kalenderkoppling check
            """
    )

    @Flag(help: "Look at the database alone, as a timer does before each run.")
    var database = false

    @OptionGroup var options: CustomersOptions
    var outputOptions: OutputOptions { options.output }

    func run(in session: Session) async throws {
        var findings = Findings(isQuiet: options.output.quiet)
        if let problem = try session.store.schemaProblem() {
            warn(problem)
            return try ExitStatus.skipped.exit()
        }
        findings.add("schema", isWell: true, "all of it is there")
        findings.add(
            "session",
            isWell: try !session.store.isPooled(),
            "a direct connection",
            otherwise: "a transaction pooler stands before the database; locks need a session"
        )
        if let server = try session.store.serverTime(), options.output.now == nil {
            let skew = server.timeIntervalSince(session.now())
            findings.add(
                "clock",
                isWell: abs(skew) < 5,
                "within \(String(format: "%.1f", abs(skew))) s of the database's",
                otherwise: "\(Int(skew)) s from the database's; set the host's clock right"
            )
        }
        for customer in database ? [] : try session.customers(options.customer) {
            for calendar in customer.calendars {
                do {
                    let answer = try await ask(calendar, of: customer, in: session)
                    findings.add("\(customer.key) \(calendar.name)", isWell: true, answer)
                } catch {
                    findings.add("\(customer.key) \(calendar.name)", isWell: false, "\(error)")
                }
            }
            do {
                _ = try await exchange(of: customer).list(
                    extensions: [],
                    endingAfter: session.now()
                )
                findings.add("\(customer.key) exchange", isWell: true, "answers")
            } catch {
                findings.add("\(customer.key) exchange", isWell: false, "\(error)")
            }
        }
        if findings.hasFault { try ExitStatus.failed.exit() }
    }

    /// Reads an hour of the first user's calendar, and keeps nothing of it.
    private func ask(
        _ settings: CalendarSettings,
        of customer: Customer,
        in session: Session
    ) async throws -> String {
        let opened = try OpenedSource(settings, now: session.now)
        do {
            let calendars = try session.store.calendarsToLoad(
                of: customer,
                source: settings.name
            )
            guard let first = calendars.first else {
                try await opened.close()
                return "set up; no user has a calendar of it"
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
            } catch let failure as LoadFailure {
                throw LoadFailure(failure.code, "asked for \(first.userKey): \(failure)")
            }
            try await opened.close()
            return answer.failures.isEmpty
                ? "answers for \(first.userKey)"
                : "answers in part for \(first.userKey): "
                    + answer.failures.joined(separator: "; ")
        } catch {
            try? await opened.close()
            throw error
        }
    }

    /// What was looked at, a line each.
    private struct Findings {
        let isQuiet: Bool
        private(set) var hasFault = false

        init(isQuiet: Bool) {
            self.isQuiet = isQuiet
        }

        mutating func add(
            _ subject: String,
            isWell: Bool,
            _ text: String,
            otherwise fault: String? = nil
        ) {
            hasFault = hasFault || !isWell
            if isWell, isQuiet { return }
            print("\(isWell ? "ok   " : "FAULT") \(subject): \(isWell ? text : fault ?? text)")
        }
    }
}
