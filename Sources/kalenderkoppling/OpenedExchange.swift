import AbsenceModel
import AbsenceStore
import Foundation
import Postgres
import Settings
import Telephony

/// The telephone side of a customer, by its settings.
///
/// One that cannot be opened says so when it is asked: that is this customer's outage, unlike that
/// of our own database.
struct OpenedExchange: TelephonyExchange {
    private let exchange: any TelephonyExchange
    private let end: () async -> Void

    init(_ exchange: any TelephonyExchange, end: @escaping () async -> Void = {}) {
        self.exchange = exchange
        self.end = end
    }

    /// Runs `body` with the exchange, and ends its connections afterwards.
    static func use<Result>(
        of customer: Customer,
        in session: Session,
        _ body: (OpenedExchange) async throws -> Result
    ) async throws -> Result {
        let exchange = await open(customer, in: session)
        do {
            let result = try await body(exchange)
            await exchange.end()
            return result
        } catch {
            await exchange.end()
            throw error
        }
    }

    private static func open(_ customer: Customer, in session: Session) async -> OpenedExchange {
        do {
            switch customer.exchange {
            case .table(let service):
                let conninfo = service.map { "service=\($0)" } ?? ""
                return OpenedExchange(
                    TableExchange(
                        customerKey: customer.key,
                        connection: try Connection(
                            conninfo,
                            applicationName: "kalenderkoppling exchange"
                        )
                    )
                )
            case .http(let settings):
                return try await OpenedExchange(settings, of: customer, in: session)
            case .mxone(let settings):
                return try OpenedExchange(settings, in: session)
            }
        } catch {
            return OpenedExchange(
                ClosedExchange(failure: ExchangeError(.unreachable, "\(error)"))
            )
        }
    }

    func capabilities() async throws -> ExchangeCapabilities {
        try await exchange.capabilities()
    }

    func list(
        extensions: [String]?,
        endingAfter instant: Date,
        _ body: ([ReadBack.Entry]) throws -> Void
    ) async throws -> Bool {
        try await exchange.list(extensions: extensions, endingAfter: instant, body)
    }

    func apply(_ batch: ChangeBatch) async throws -> [UUID: ChangeOutcome] {
        try await exchange.apply(batch)
    }

    func carryOut(
        _ next: () throws -> ChangeBatch?,
        report: (ChangeBatch, Result<[UUID: ChangeOutcome], any Error>) throws -> Void
    ) async throws {
        try await exchange.carryOut(next, report: report)
    }

    func prune(endedBefore instant: Date) async throws {
        try await exchange.prune(endedBefore: instant)
    }
}

/// A telephone side that could not be opened.
private struct ClosedExchange: TelephonyExchange {
    let failure: ExchangeError

    func capabilities() async throws -> ExchangeCapabilities { throw failure }
    func list(
        extensions: [String]?,
        endingAfter instant: Date,
        _ body: ([ReadBack.Entry]) throws -> Void
    ) async throws -> Bool {
        throw failure
    }
    func apply(_ batch: ChangeBatch) async throws -> [UUID: ChangeOutcome] { throw failure }
    func prune(endedBefore instant: Date) async throws { throw failure }
}
