import AbsenceModel
public import AbsenceStore
public import Foundation
import SIP
public import Telephony

/// Shows colleagues who is away, why and until when, as SIP presence.
///
/// What stands is written down as soon as it is granted. Whatever is published ends by itself with
/// its absence; a server that grants less is asked again in time.
public struct PresencePass<Publisher: PresencePublisher> {
    public var store: AbsenceStore
    public var publisher: Publisher
    /// Of the extensions' addresses.
    public var domain: String
    public var now: () -> Date

    public init(
        store: AbsenceStore,
        publisher: Publisher,
        domain: String,
        now: @escaping () -> Date
    ) {
        self.store = store
        self.publisher = publisher
        self.domain = domain
        self.now = now
    }

    /// What has to be published now.
    public func plan(for customer: Customer) throws -> PresencePlan {
        let instant = now()
        return PresencePlan(
            wanted: try store.presence(of: customer, at: instant),
            published: try store.publishedPresence(of: customer),
            domain: domain,
            at: instant
        )
    }

    /// Publishes some at once. What fails is left to the next pass; after three failures in a row
    /// the rest is, too.
    ///
    /// - Throws: what the database says.
    public func carryOut(_ plan: PresencePlan, lease: Lease) async throws -> PresenceTally {
        try store.forget(plan.expired, lease: lease)
        var tally = PresenceTally()
        var waiting = plan.steps[...]
        var failuresInARow = 0
        let publisher = publisher
        let now = now()
        try await withThrowingTaskGroup(of: (PresencePlan.Step, Ending).self) { group in
            func sendNext() {
                guard failuresInARow < 3, let step = waiting.popFirst() else { return }
                group.addTask { (step, await Self.carryOut(step, publisher, at: now)) }
            }
            for _ in 0..<8 { sendNext() }
            while let (step, ending) = try await group.next() {
                failuresInARow =
                    try record(ending, of: step, &tally, lease) ? 0 : failuresInARow + 1
                try Task.checkCancellation()
                sendNext()
            }
        }
        tally.left = waiting.count
        return tally
    }

    /// What came of a step.
    private enum Ending: Sendable {
        case granted(SIPPublication)
        case removed
        case failed(String)
    }

    private static func carryOut(
        _ step: PresencePlan.Step,
        _ publisher: Publisher,
        at instant: Date
    ) async -> Ending {
        do {
            switch step {
            case .publish(let state, let document, let old):
                return .granted(
                    try await publisher.publish(
                        document,
                        of: state.phone,
                        replacing: old?.entityTag,
                        expires: seconds(until: state.until, from: instant)
                    )
                )
            case .keep(let old, let until):
                let kept = try await publisher.keep(
                    old.entityTag,
                    of: old.phone,
                    expires: seconds(until: until, from: instant)
                )
                // Forgotten: the next pass publishes it anew.
                return kept.map { .granted($0) } ?? .removed
            case .remove(let old):
                try await publisher.remove(old.entityTag, of: old.phone)
                return .removed
            }
        } catch {
            return .failed("\(error)")
        }
    }

    /// At most what a header can hold and every server takes for long.
    private static func seconds(until end: Date, from instant: Date) -> Int {
        min(max(Int(end.timeIntervalSince(instant).rounded(.up)), 1), 30 * 86_400)
    }

    /// - Returns: whether it was done.
    private func record(
        _ ending: Ending,
        of step: PresencePlan.Step,
        _ tally: inout PresenceTally,
        _ lease: Lease
    ) throws -> Bool {
        switch (ending, step) {
        case (.failed(let failure), _):
            tally.failed += 1
            tally.failure = failure
            return false
        case (.granted(let grant), .publish(let state, let document, _)):
            tally.published += 1
            try store.remember(
                grant.presence(of: state.user, state.phone, document.digest, at: now()),
                lease: lease
            )
        case (.granted(let grant), .keep(let old, _)):
            tally.kept += 1
            try store.remember(
                grant.presence(of: old.user, old.phone, old.digest, at: now()),
                lease: lease
            )
        case (_, .keep(let old, _)), (_, .remove(let old)):
            tally.removed += 1
            try store.forget([old], lease: lease)
        case (.removed, .publish):
            break
        }
        return true
    }
}

extension SIPPublication {
    fileprivate func presence(
        of user: UserID,
        _ phone: String,
        _ digest: String,
        at instant: Date
    ) -> PublishedPresence {
        PublishedPresence(
            user: user,
            phone: phone,
            entityTag: entityTag,
            digest: digest,
            publishedAt: instant,
            expiresAt: instant + Double(max(expires, 1))
        )
    }
}

/// What came of a pass over a customer's presence.
public struct PresenceTally: Hashable, Sendable {
    public var published = 0
    public var kept = 0
    public var removed = 0
    public var failed = 0
    /// What was not tried after failures.
    public var left = 0
    /// The last failure.
    public var failure: String?

    public init() {}
}
