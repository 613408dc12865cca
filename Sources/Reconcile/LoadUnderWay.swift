import AbsenceStore
import Foundation

/// What came of a batch: figures, and what could not be taken in.
struct TakenBatch: Sendable {
    var tally: LoadTally
    var refused: [FailedCalendar] = []

    static func += (left: inout TakenBatch, right: TakenBatch) {
        left.tally += right.tally
        left.refused += right.refused
    }
}

/// A load that was written down as begun: what each of its batches is taken in as.
struct LoadUnderWay: Sendable {
    var lease: Lease
    var window: Range<Date>
    var start: Date

    /// Takes a batch in; where the database refuses it, calendar by calendar, so that one does
    /// not stop the others.
    func takeIn(
        _ batch: LoadBatch,
        into store: AbsenceStore,
        at instant: Date
    ) throws -> TakenBatch {
        do {
            return TakenBatch(tally: try takeInWhole(batch, into: store, at: instant))
        } catch let error where store.isRefusal(error) {
            guard batch.calendars.count > 1 else {
                let refused = batch.calendars.map {
                    FailedCalendar(
                        name: $0.name,
                        userKey: $0.userKey,
                        failure: "what it brought could not be taken in: \(error)"
                    )
                }
                let failures = LoadBatch(failures: batch.failures + refused)
                return TakenBatch(
                    tally: try takeInWhole(failures, into: store, at: instant),
                    refused: refused
                )
            }
            let failures = LoadBatch(failures: batch.failures)
            var taken = TakenBatch(tally: try takeInWhole(failures, into: store, at: instant))
            for calendar in batch.calendars {
                let one = LoadBatch(calendars: [calendar])
                taken += try takeIn(one, into: store, at: instant)
            }
            return taken
        }
    }

    private func takeInWhole(
        _ batch: LoadBatch,
        into store: AbsenceStore,
        at instant: Date
    ) throws -> LoadTally {
        try store.takeIn(batch, of: lease, window: window, startedAt: start, at: instant)
    }
}
