import Settings
import AbsenceModel
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

            --watch looks at none of these, but at watch.alarms: everything that somebody should \
            look at now. It ends as a monitor such as Nagios wants it, unlike every other command: \
            0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN. A login of kk_reader may run it.

            EXAMPLE: kalenderkoppling check
            """
    )

    @Flag(help: "Look at the database alone, as a timer does before each run.")
    var database = false

    @Flag(help: "Tell the alarms, as a monitor wants it.")
    var watch = false

    @Option(help: "How --watch prints them: nagios, table, json or csv; nagios where left out.")
    var format: WatchFormat?

    @OptionGroup var options: CustomersOptions
    var outputOptions: OutputOptions { options.output }

    func validate() throws {
        if database, watch {
            throw ValidationError("--database and --watch look at different things; name one")
        }
        if format != nil, !watch { throw ValidationError("--format belongs to --watch") }
    }

    mutating func run() async throws {
        guard watch else { return try await runInSession() }
        let found: WatchedAlarms
        do {
            let session = try Session(options.output)
            if options.output.now != nil { try session.store.compareWatch(with: session.now()) }
            let customer = try options.customer.map { try session.store.customer($0) }
            guard try customer != nil || !session.store.customers().isEmpty else {
                throw StoreError(
                    .unknownCustomer,
                    "this login sees no customer; grant it kk_all_customers, or name it in"
                        + " customer.readers"
                )
            }
            found = WatchedAlarms(alarms: try session.store.alarms(of: customer))
            print(try found.text(format ?? .nagios))
        } catch {
            print(WatchedAlarms.unknown("\(error)"))
            throw ExitCode(WatchedAlarms.State.unknown.rawValue)
        }
        if found.state != .ok { throw ExitCode(found.state.rawValue) }
    }

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
                // Before each run only what would do harm: watch.clock_skew tells of less.
                isWell: abs(skew) < (database ? 3600 : 5),
                "within \(String(format: "%.1f", abs(skew))) s of the database's",
                otherwise: "\(Int(skew)) s from the database's; set the host's clock right"
            )
        }
        for customer in database ? [] : try session.customers(options.customer) {
            for calendar in customer.calendars {
                let subject = "\(customer.key) \(calendar.name)"
                do {
                    let answer = try await CheckedCalendar(calendar, of: customer, in: session)
                        .answer()
                    findings.add(subject, isWell: true, answer)
                } catch {
                    findings.add(subject, isWell: false, "\(error)")
                }
            }
            for group in try CheckedGroup.all(of: customer, in: session) {
                let subject = "\(customer.key) \(group.source) group \(group.key)"
                do {
                    findings.add(subject, isWell: true, try await group.answer(in: session))
                } catch {
                    findings.add(subject, isWell: false, "\(error)")
                }
            }
            do {
                try await OpenedExchange.use(of: customer, in: session) { exchange in
                    if try await exchange.capabilities().isReadable {
                        _ = try await exchange.list(extensions: [], endingAfter: session.now())
                    }
                }
                findings.add("\(customer.key) exchange", isWell: true, "answers")
            } catch {
                findings.add("\(customer.key) exchange", isWell: false, "\(error)")
            }
        }
        if findings.hasFault { try ExitStatus.failed.exit() }
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
