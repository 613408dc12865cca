import AbsenceStore
import ArgumentParser
import Foundation
import Logging
import Postgres
import Reconcile
import Settings

/// What a command takes that is about one customer.
struct CustomerOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The customer's key. May be left out where there is one customer.",
            valueName: "key"
        )
    )
    var customer: String?

    @OptionGroup var output: OutputOptions
}

/// What a command takes that goes from customer to customer.
struct CustomersOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The key of the one customer that is meant; all of them where left out.",
            valueName: "key"
        )
    )
    var customer: String?

    @OptionGroup var output: OutputOptions
}

/// How much a command tells, and what it takes for now.
struct OutputOptions: ParsableArguments {
    @Flag(name: .shortAndLong, help: "Tell warnings and failures only.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Tell every step.")
    var verbose = false

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Take this instant for now, in ISO 8601: to see what a day will be like.",
            valueName: "instant"
        )
    )
    var now: Instant?
}

/// One command's connection, clock and voice.
struct Session {
    let store: AbsenceStore
    let connection: Connection
    let logger: Logger
    let now: @Sendable () -> Date
    /// Who runs, for people who read `customer.work` and the audit.
    let runner: String
    private let host: String
    /// What runs that a job began together call themselves.
    private let shift: String?

    init(_ output: OutputOptions) throws {
        var logger = Logger(label: "kalenderkoppling") { _ in PlainLog() }
        logger.logLevel = output.quiet ? .warning : output.verbose ? .debug : .info
        self.logger = logger
        let start = Date()
        let shift = output.now.map { $0.date.timeIntervalSince(start) } ?? 0
        now = { Date().addingTimeInterval(shift) }
        let process = ProcessInfo.processInfo
        host = process.hostName
        self.shift = process.environment["KALENDERKOPPLING_SHIFT"]
        runner = "\(process.userName)@\(host) pid \(process.processIdentifier)"
        connection = try Connection(applicationName: "kalenderkoppling")
        store = AbsenceStore(
            connection,
            another: { try Connection(applicationName: "kalenderkoppling") }
        )
    }

    /// Logs what a pass over a customer has to tell.
    func report(of customer: Customer) -> (PassEvent) -> Void {
        var logger = logger
        logger[metadataKey: "customer"] = "\(customer.key)"
        return { [logger] in $0.log(to: logger) }
    }

    /// The customer that is named, or the only one.
    func customer(_ key: String?) throws -> Customer {
        if let key { return try store.customer(key) }
        let customers = try store.customers()
        guard let only = customers.first, customers.count == 1 else {
            throw ValidationError(
                customers.isEmpty
                    ? "there is no customer yet: kalenderkoppling customer apply FILE"
                    : "name one of the customers with --customer: "
                        + customers.map(\.key).joined(separator: ", ")
            )
        }
        return only
    }

    /// The customer that is named, or all of them.
    func customers(_ key: String?) throws -> [Customer] {
        try key.map { [try store.customer($0)] } ?? store.customers()
    }

    /// The customer that is named, or all of them in a circle that begins with another one each
    /// time: hosts that run at once begin apart, and none is always the last that time is left for.
    func customersInTurn(_ key: String?) throws -> [Customer] {
        let customers = try customers(key)
        guard let first = customers.indices.randomElement() else { return [] }
        return Array(customers[first...] + customers[..<first])
    }

    /// Works for one customer after the other. What fails for one keeps no other from its turn.
    ///
    /// - Parameter failure: what the log says of a customer for whom it failed.
    /// - Returns: the worst of how it ended.
    /// - Throws: what is no single customer's failure: the schema or the database is gone.
    func each(
        of customers: [Customer],
        failure: Logger.Message,
        _ body: (Customer) async throws -> ExitStatus
    ) async throws -> ExitStatus {
        var worst = ExitStatus.done
        for customer in customers {
            do {
                worst = max(worst, try await body(customer))
            } catch let error as StoreError where error.code == .fenced {
                warn(error.description)
                worst = max(worst, .skipped)
            } catch let error as PostgresError where error.isUndefinedObject {
                throw error
            } catch let error where !connection.isAlive {
                throw error
            } catch {
                logger.error(
                    failure,
                    metadata: ["customer": "\(customer.key)", "failure": "\(error)"]
                )
                worst = .failed
            }
        }
        return worst
    }

    /// Runs `body` where no other run does that work, else says who does.
    ///
    /// - Returns: nil where another run has it.
    func holding<R>(
        _ work: Work,
        of customer: Customer,
        _ body: (Lease) async throws -> R
    ) async throws -> R? {
        let lease = try store.takeLease(on: work, of: customer, by: runner, at: now())
        guard let lease else {
            tellOfAnother(work, of: customer)
            return nil
        }
        return try await use(lease, body)
    }

    /// Runs `body` for a customer whose turn it is, unless another run that goes from customer to
    /// customer has had this one, or has it, since the customers were read.
    ///
    /// - Parameter turn: nil where it is not shared out: where a person asks for one customer.
    /// - Returns: how it ended: `done` where it is left to that other run, which tells of it.
    func taking(
        _ turn: Turn?,
        at work: Work,
        of customer: Customer,
        _ body: (Lease) async throws -> ExitStatus
    ) async throws -> ExitStatus {
        guard let turn = turn?.of(shift: shift) else {
            return try await holding(work, of: customer, body) ?? .skipped
        }
        var offer = try store.take(turn, at: work, of: customer, by: runner, at: now())
        if case .held = offer {
            // Who took it this very moment has not written down yet what for.
            try await Task.sleep(for: .milliseconds(50))
            offer = try store.take(turn, at: work, of: customer, by: runner, at: now())
        }
        switch offer {
        case .mine(let lease):
            return try await use(lease) { lease in
                let status = try await body(lease)
                try store.end(turn, of: lease)
                return status
            }
        case .anothers:
            logger.debug(
                "left to another run",
                metadata: ["turn": "\(turn.name)", "customer": "\(customer.key)"]
            )
            return .done
        case .held:
            try store.skip(work, of: customer, by: runner, at: now())
            tellOfAnother(work, of: customer)
            return .skipped
        }
    }

    private func tellOfAnother(_ work: Work, of customer: Customer) {
        logger.notice(
            "another run does this",
            metadata: ["work": "\(work.name)", "customer": "\(customer.key)"]
        )
    }

    private func use<R>(
        _ lease: Lease,
        _ body: (Lease) async throws -> R
    ) async throws -> R {
        let result: R
        do {
            try store.see(host, workingFor: lease.customer, clock: Date(), at: now())
            result = try await body(lease)
        } catch {
            // Where this fails the session is gone, and the lock with it.
            try? store.give(back: lease)
            throw error
        }
        try store.give(back: lease)
        return result
    }
}

/// A command that tells a missing schema from a failure: someone deploys just now (75).
protocol SessionCommand: AsyncParsableCommand {
    var outputOptions: OutputOptions { get }
    func run(in session: Session) async throws
}

extension SessionCommand {
    mutating func run() async throws {
        try await runInSession()
    }

    /// Runs with a session of its own, and tells what kind of failure it was.
    func runInSession() async throws {
        do {
            try await run(in: Session(outputOptions))
        } catch let error as PostgresError where error.isUndefinedObject {
            warn("\(error)\nthe schema is being deployed, or was never: run jobs/deploy-schema")
            try ExitStatus.skipped.exit()
        } catch let error as StoreError where error.code == .fenced {
            warn(error.description)
            try ExitStatus.skipped.exit()
        } catch let error as SettingsError {
            // A line a problem, each with its place in front, for editors to jump to.
            warn("\(error)")
            try ExitStatus.failed.exit()
        }
    }
}

/// Says something on standard error.
func warn(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
}
