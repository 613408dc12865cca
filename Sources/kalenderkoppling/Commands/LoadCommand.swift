import Logging
import Settings
import AbsenceStore
import ArgumentParser
import Foundation
import Postgres
import Reconcile

/// `load`: reads calendars, and what stands on the telephone side.
struct LoadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "load",
        abstract: "Load bookings from calendars, or read absences back from the telephone side.",
        discussion: "EXAMPLE: kalenderkoppling load bookings",
        subcommands: [Bookings.self, Absences.self]
    )

    struct Bookings: SessionCommand {
        static let configuration = CommandConfiguration(
            abstract: "Load what changed in the calendars, or everything.",
            discussion: """
                A calendar that fails changes nothing that is stored of it; the others go on, and \
                the exit status is 2.

                EXAMPLE: kalenderkoppling load bookings --full --customer exempel
                """
        )

        @Flag(help: "Read every calendar whole, not from where the last load ended.")
        var full = false

        @Option(
            help: ArgumentHelp(
                """
                Take in what has answered after so many seconds, of all sources together; the rest \
                counts as failed. No source takes more than half of the time that is left to it \
                and others.
                """,
                valueName: "seconds"
            )
        )
        var within: Int?

        @OptionGroup var options: CustomersOptions
        var outputOptions: OutputOptions { options.output }

        func run(in session: Session) async throws {
            let customers = try session.customersInTurn(options.customer)
            let end = within.map { ContinuousClock.now + .seconds($0) }
            var sourcesLeft = customers.reduce(0) { $0 + $1.calendars.count }
            let worst = try await session.each(of: customers, failure: "load failed") { customer in
                var worst = ExitStatus.done
                for calendar in customer.calendars {
                    sourcesLeft -= 1
                    let timeLeft = end.map { max(.zero, ContinuousClock.now.duration(to: $0)) }
                    let allowed = timeLeft.map { sourcesLeft > 0 ? $0 / 2 : $0 }
                    worst = max(
                        worst,
                        try await load(calendar, of: customer, within: allowed, in: session)
                    )
                }
                return worst
            }
            try worst.exit()
        }

        private func load(
            _ settings: CalendarSettings,
            of customer: Customer,
            within timeAllowed: Duration?,
            in session: Session
        ) async throws -> ExitStatus {
            let name = settings.name
            let source: OpenedSource
            do {
                source = try await OpenedSource(settings, now: session.now)
            } catch {
                session.logger.error(
                    "source failed",
                    metadata: [
                        "customer": "\(customer.key)", "source": "\(name)",
                        "failure": "\(error)",
                    ]
                )
                return .failed
            }
            let status: ExitStatus
            do {
                status = try await session.taking(
                    options.customer == nil ? .load(source: name, isFull: full) : nil,
                    at: .load(source: name),
                    of: customer
                ) { lease in
                    let progress = Progress(isShown: !options.output.quiet)
                    let report = session.report(of: customer)
                    var pass = LoadPass(
                        store: session.store,
                        source: source.source,
                        sourceName: name,
                        isFull: full,
                        now: session.now,
                        report: { event in
                            progress.show(event)
                            report(event)
                        }
                    )
                    pass.timeAllowed = timeAllowed
                    pass.open = {
                        AbsenceStore(try Connection(applicationName: "kalenderkoppling"))
                    }
                    let tally = try await pass.run(lease)
                    return judge(tally, of: name, customer: customer, in: session)
                }
            } catch {
                try? await source.close()
                throw error
            }
            try await source.close()
            return status
        }

        /// How a load ended; and says where something could not be read.
        private func judge(
            _ tally: LoadTally,
            of source: String,
            customer: Customer,
            in session: Session
        ) -> ExitStatus {
            if tally.broken > 0 {
                session.logger.notice(
                    "some bookings could not be read, or not wholly; see watch.quarantine",
                    metadata: [
                        "customer": "\(customer.key)", "source": "\(source)",
                        "broken": "\(tally.broken)",
                    ]
                )
            }
            if tally.failed > 0, tally.failed >= tally.calendars + tally.failed {
                return .failed
            }
            return tally.failed > 0 ? .partial : .done
        }
    }

    struct Absences: SessionCommand {
        static let configuration = CommandConfiguration(
            abstract: "Read back what stands on the telephone side, whoever made it.",
            discussion: """
                What people deleted or changed by hand is found here, and stays as they left it \
                until the booking behind it changes.

                A database that was restored to an earlier instant notices that by itself, but \
                for one that was put back in place where the telephone side does not tell the \
                newest run that it has seen. --restored says so: then all that stands under keys \
                of ours is taken over, and nothing for a hand edit.

                EXAMPLE: kalenderkoppling load absences --customer exempel
                """
        )

        @Flag(help: "The database was restored: take over what was placed since.")
        var restored = false

        @OptionGroup var options: CustomersOptions
        var outputOptions: OutputOptions { options.output }

        func run(in session: Session) async throws {
            let customers = try session.customersInTurn(options.customer)
            let worst = try await session.each(of: customers, failure: "read-back failed") {
                customer in
                try await session.taking(
                    options.customer == nil && !restored ? .readBack : nil,
                    at: .reconcile,
                    of: customer
                ) { lease in
                    if restored {
                        try session.store.beginEpoch(.told, lease: lease, at: session.now())
                    }
                    let tally = try await OpenedExchange.use(of: customer, in: session) {
                        try await ReadBackPass(
                            store: session.store,
                            exchange: $0,
                            now: session.now,
                            report: session.report(of: customer)
                        )
                        .run(lease)
                    }
                    guard let tally else {
                        session.logger.notice(
                            "cannot be read back",
                            metadata: ["customer": "\(customer.key)"]
                        )
                        return ExitStatus.done
                    }
                    return tally.doubted > 0 ? .partial : .done
                }
            }
            try worst.exit()
        }
    }
}
