import AbsenceStore
import Dispatch
import Foundation

/// Takes batches of a load in over a connection of its own, while the pass goes on reading.
///
/// Its calls wait for the database on a thread of their own, and not on one of those few on which
/// calendars are read.
actor BatchTaker {
    private nonisolated let thread = QueueExecutor()
    private let store: AbsenceStore

    init(_ open: @Sendable () throws -> AbsenceStore) throws {
        store = try open()
    }

    nonisolated var unownedExecutor: UnownedSerialExecutor {
        thread.asUnownedSerialExecutor()
    }

    func takeIn(_ batch: LoadBatch, of load: LoadUnderWay, at instant: Date) throws -> TakenBatch {
        try load.takeIn(batch, into: store, at: instant)
    }
}

/// Runs what an actor does on a queue of its own, where it may wait.
private final class QueueExecutor: SerialExecutor {
    private let queue = DispatchQueue(label: "kalenderkoppling.takes-in")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }

    func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        UnownedSerialExecutor(ordinary: self)
    }
}
