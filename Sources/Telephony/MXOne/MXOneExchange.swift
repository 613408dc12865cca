public import AbsenceModel
public import Foundation
public import SIP

/// A Mitel MX-ONE, or what takes the same codes, to which absences are dialled over SIP.
///
/// It takes one absence an extension, from now until a time of the same day, with a reason of one
/// digit, and tells nobody what stands there. Setting one puts it in the place of whatever stood
/// there, also of one that a person dialled; ending it ends that as well. So a person's own
/// absence is safe only from what is not dialled, and nothing is dialled but what has changed.
///
/// An end passes by the exchange's own clock. What answers no code may have done it or not, and
/// is dialled again by the next pass, which may be repeated without harm.
public struct MXOneExchange: TelephonyExchange, Sendable {
    public struct Settings: Hashable, Sendable {
        /// Which digit stands for which reason on this exchange.
        public var digits: [Reason: Int]
        /// The reason whose digit stands for those that have none; it must have one.
        public var defaultReason: Reason
        public var dialsPerSecond: Double
        /// How many users are dialled for at one time.
        public var usersAtOnce: Int

        public init(
            digits: [Reason: Int],
            defaultReason: Reason,
            dialsPerSecond: Double = 5,
            usersAtOnce: Int = 4
        ) {
            self.digits = digits
            self.defaultReason = defaultReason
            self.dialsPerSecond = dialsPerSecond
            self.usersAtOnce = usersAtOnce
        }
    }

    private let dialler: any MXOneDialler
    private let settings: Settings
    private let pace: DialPace
    private let now: @Sendable () -> Date

    /// - Parameters:
    ///   - client: whose account is an extension that may set absences for others.
    ///   - now: the time at which a code is dialled: one that would come too late is not.
    public init(client: SIPClient, settings: Settings, now: @escaping @Sendable () -> Date) {
        self.init(dialler: SIPDialler(client: client), settings: settings, now: now)
    }

    package init(
        dialler: any MXOneDialler,
        settings: Settings,
        now: @escaping @Sendable () -> Date
    ) {
        self.dialler = dialler
        self.settings = settings
        self.now = now
        pace = DialPace(perSecond: settings.dialsPerSecond)
    }

    public func capabilities() async throws -> ExchangeCapabilities {
        do {
            try await dialler.look()
        } catch let error as SIPError {
            throw ExchangeError(.unreachable, error.description)
        }
        return ExchangeCapabilities(
            kinds: [.direct],
            targets: [.announcement],
            hasFutureStart: false,
            endsByItself: true,
            endReach: .today,
            entriesPerUser: 1,
            timeGrain: 60,
            textLength: 0,
            hasRingSeconds: false,
            hasReturnTime: false,
            reasons: Set(settings.digits.keys),
            defaultReason: settings.defaultReason,
            isReadable: false,
            batchSize: 1
        )
    }

    public func list(
        extensions: [String]?,
        endingAfter instant: Date,
        _ body: ([ReadBack.Entry]) throws -> Void
    ) async throws -> Bool {
        throw ExchangeError(.refused, "this exchange tells nobody which absences stand there")
    }

    public func apply(_ batch: ChangeBatch) async throws -> [UUID: ChangeOutcome] {
        let zones = Dictionary(
            batch.phones.map { ($0.number, $0.timeZone) },
            uniquingKeysWith: { first, _ in first }
        )
        var outcomes: [UUID: ChangeOutcome] = [:]
        for change in batch.changes {
            do {
                outcomes[change.key] = try await outcome(of: change, zones: zones)
            } catch let error where outcomes.isEmpty {
                // The batch fails as one: who carries out counts how often that happens.
                throw error
            } catch let error as SIPError where error.code == .unanswered {
                outcomes[change.key] = .unknown
            } catch {
                // What was dialled before counts; of this and the rest nothing was.
                for rest in batch.changes where outcomes[rest.key] == nil {
                    outcomes[rest.key] = .refused("not dialled: \(error)")
                }
                break
            }
        }
        return outcomes
    }

    public func carryOut(
        _ next: () throws -> ChangeBatch?,
        report: (ChangeBatch, Result<[UUID: ChangeOutcome], any Error>) throws -> Void
    ) async throws {
        try await carryOutInParallel(next, atMost: settings.usersAtOnce, report: report)
    }

    /// It keeps nothing that has ended.
    public func prune(endedBefore instant: Date) async throws {}

    // MARK: one change

    private func outcome(
        of change: Change,
        zones: [String: String]
    ) async throws -> ChangeOutcome {
        var outcome = ChangeOutcome.done(version: nil)
        for step in steps(of: change) {
            outcome = try await self.outcome(of: step, zones: zones)
            guard outcome == .done(version: nil) else { break }
        }
        return outcome
    }

    /// One code to dial.
    private enum Step {
        case away(Absence)
        case back(Absence)
    }

    /// An absence that goes over to another extension is ended at the first.
    private func steps(of change: Change) -> [Step] {
        switch change.action {
        case .create(let after): [.away(after)]
        case .update(let before, let after) where before.phone != after.phone:
            [.back(before), .away(after)]
        case .update(_, let after): [.away(after)]
        case .withdraw(let before): [.back(before)]
        }
    }

    /// - Throws: ``ExchangeError`` where it is certain that nothing was dialled; ``SIPError``
    ///   `unanswered` where that is not known.
    private func outcome(of step: Step, zones: [String: String]) async throws -> ChangeOutcome {
        for _ in 0..<Self.tries {
            try await pace.turn()
            let code: String
            do {
                // At the time of the dial, whatever was waited for.
                guard let wanted = try self.code(for: step, zones: zones) else {
                    return .done(version: nil)
                }
                code = wanted
            } catch {
                return .refused(error.reason)
            }
            switch try await dial(code) {
            case .accepted:
                return .done(version: nil)
            case .unknown:
                throw SIPError(.unanswered, "the exchange did not answer a dialled code in time")
            case .refused(status: 401, _), .refused(status: 407, _):
                throw ExchangeError(
                    .refused,
                    "the exchange does not take the user and password that codes are dialled with;"
                        + " see exchange in the customer file"
                )
            case .refused(status: 503, let wait?) where wait <= Self.longestWait:
                await pace.pause(for: wait)
            case .refused(let status, _):
                return .refused("the exchange answers with SIP status \(status)")
            }
        }
        return .refused("the exchange answers with SIP status 503, time and again")
    }

    private func dial(_ code: String) async throws -> DialOutcome {
        do {
            return try await dialler.dial(code)
        } catch let error as SIPError {
            throw ExchangeError(.unreachable, error.description)
        }
    }

    /// What to dial now; nil where the clock has done it.
    private func code(
        for step: Step,
        zones: [String: String]
    ) throws(MXOneCode.Unfit) -> String? {
        let instant = now()
        switch step {
        case .back(let absence):
            return absence.endsAt > instant ? try MXOneCode.back(absence.phone) : nil
        case .away(let absence):
            guard let zone = zones[absence.phone].flatMap(TimeZone.init(identifier:)) else {
                throw MXOneCode.Unfit(reason: "its extension has no time zone")
            }
            return try MXOneCode.away(absence, digit: digit(for: absence), zone: zone, at: instant)
        }
    }

    /// The digit is shown as well as spoken, so it is that of the announced reason; sick leave is
    /// told to nobody.
    private func digit(for absence: Absence) -> Int {
        let reason = absence.announcedReason
        let digit = reason.isSickLeave ? nil : settings.digits[reason]
        return digit ?? settings.digits[settings.defaultReason] ?? -1
    }

    /// How often a code is dialled where the exchange asks to wait.
    private static let tries = 3
    /// The longest wait that is waited for; the next pass does what asks for more.
    private static let longestWait = Duration.seconds(20)
}
