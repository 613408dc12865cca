import AbsenceModel
public import AbsenceStore
public import Foundation
public import Telephony

/// Reads back what stands on the telephone side: step 6, `load absences`.
///
/// Finds what people set, deleted and changed by hand, and settles changes whose outcome was
/// never written down.
public struct ReadBackPass<Exchange: TelephonyExchange> {
    public var store: AbsenceStore
    public var exchange: Exchange
    public var now: () -> Date
    public var report: (PassEvent) -> Void

    /// How long ago an absence may have ended whose change is still to be settled, or taken over:
    /// two days, as long as the telephone side keeps it.
    private static var lookBack: TimeInterval { 2 * 86400 }

    public init(
        store: AbsenceStore,
        exchange: Exchange,
        now: @escaping () -> Date,
        report: @escaping (PassEvent) -> Void = { _ in }
    ) {
        self.store = store
        self.exchange = exchange
        self.now = now
        self.report = report
    }

    /// Reads back everybody.
    ///
    /// - Returns: nil where the telephone system cannot be read.
    public func run(_ lease: Lease) async throws -> ReadBackTally? {
        let capabilities = try await store.getToKnow(exchange, lease: lease, at: now())
        if let adopted = try await adoptRestored(lease, capabilities: capabilities) {
            return adopted
        }
        guard capabilities.isReadable else { return nil }
        return try await readEverybody(lease)
    }

    /// Takes over what stands on the telephone side, where the database was restored and knows
    /// less than that.
    ///
    /// - Returns: nil where there is nothing to take over, or the system cannot be read.
    /// - Throws: ``ExchangeError`` where the list of what stands is not whole: what is planned
    ///   before it is would double what was placed since.
    func adoptRestored(
        _ lease: Lease,
        capabilities: ExchangeCapabilities
    ) async throws -> ReadBackTally? {
        guard try store.isAdoptionDue(of: lease.customer) else { return nil }
        guard capabilities.isReadable else {
            try store.adoptUnread(lease, at: now())
            report(.adopted(entries: 0))
            return nil
        }
        let tally = try await readEverybody(lease, looksBack: true)
        guard try !store.isAdoptionDue(of: lease.customer) else {
            throw ExchangeError(
                .unreachable,
                "the database was restored, and the telephone side did not list all that stands"
                    + " there: nothing is planned before it does"
            )
        }
        report(.adopted(entries: tally.entries))
        return tally
    }

    private func readEverybody(
        _ lease: Lease,
        looksBack: Bool = false
    ) async throws -> ReadBackTally {
        let unsettled = try store.unsettledUsers(of: lease.customer).map(\.user)
        return try await read(
            extensions: nil,
            users: nil,
            settling: unsettled,
            looksBack: looksBack || !unsettled.isEmpty,
            lease: lease
        )
    }

    /// Settles changes of unknown outcome: reads back just their users, or takes what may stand as
    /// unconfirmed where nothing can be read.
    func settleUnknown(_ lease: Lease, capabilities: ExchangeCapabilities) async throws {
        guard capabilities.isReadable else {
            _ = try store.reassertUnknown(lease, at: now())
            return
        }
        let unsettled = try store.unsettledUsers(of: lease.customer)
        guard !unsettled.isEmpty else { return }
        _ = try await observe(Set(unsettled.map(\.user)), lease: lease)
    }

    /// Reads back some users.
    func observe(_ users: Set<UserID>, lease: Lease) async throws -> ReadBackTally {
        let unsettled = try store.unsettledUsers(of: lease.customer)
            .filter { users.contains($0.user) }
        // Ours may still stand at an extension that the user had before.
        let phones = try store.knownExtensions(of: users.sorted(), customer: lease.customer)
        return try await read(
            extensions: Set(phones + unsettled.map(\.phone)).sorted(),
            users: users.sorted(),
            settling: Set(unsettled.map(\.user)).sorted(),
            looksBack: !unsettled.isEmpty,
            lease: lease
        )
    }

    private func read(
        extensions: [String]?,
        users: [UserID]?,
        settling unsettled: [UserID],
        looksBack: Bool,
        lease: Lease
    ) async throws -> ReadBackTally {
        // What is written from here on must not count as seen: the instant is before the answer.
        let instant = now()
        // What became of a change may have ended meanwhile, and is told all the same.
        let lookingBack = looksBack ? Self.lookBack : 0
        let (tally, isWhole) = try await store.takeIn(
            of: users,
            settling: unsettled,
            lease: lease,
            at: instant
        ) { stage in
            try await exchange.list(
                extensions: extensions,
                endingAfter: instant.addingTimeInterval(-lookingBack)
            ) { entries in
                let counting = entries.lazy.filter {
                    $0.absence.endsAt > instant || $0.origin == .calendar
                }
                try stage(counting.map(ShownEntry.init))
            }
        }
        report(.readBack(tally, isWhole: isWhole))
        if tally.doubted > 0 {
            report(
                .readBackFailed(
                    "it misses \(tally.doubted) absences of ours that were seen before, too many to"
                        + " be people's doing: look whether the telephone side lost them"
                )
            )
        }
        return tally
    }
}

extension ShownEntry {
    fileprivate init(_ entry: ReadBack.Entry) {
        self.init(
            entryKey: entry.entryKey,
            absenceKey: entry.absenceKey,
            origin: entry.origin.rawValue,
            absence: entry.absence,
            versionTag: entry.versionTag,
            setBy: entry.setBy,
            setAt: entry.setAt
        )
    }
}
