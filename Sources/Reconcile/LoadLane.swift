import AbsenceModel
import AbsenceStore
import Foundation

/// What was read and waits for one of those who take in, or for the pass itself.
struct LoadLane {
    /// Takes a batch in, beside the pass.
    typealias Taker = @Sendable (LoadBatch, Date) async throws -> TakenBatch

    var taker: Taker?
    var batch = LoadBatch()
    var bookingCount = 0
    /// A batch of it is being taken in.
    var isBusy = false
}

/// The lanes of a load, with the users split between them: two of them never write of one user.
struct LoadLanes {
    private var lanes: [LoadLane]
    private let batchSize: Int
    private let batchBookings: Int

    init(_ takers: [LoadLane.Taker], batchSize: Int, batchBookings: Int) {
        lanes = takers.isEmpty ? [LoadLane()] : takers.map { LoadLane(taker: $0) }
        self.batchSize = batchSize
        self.batchBookings = batchBookings
    }

    var numbers: Range<Int> { lanes.indices }

    /// Neighbours together, for they are stored together.
    func number(of user: UserID) -> Int {
        Int(user.rawValue / 64) % lanes.count
    }

    func taker(of number: Int) -> LoadLane.Taker? { lanes[number].taker }

    mutating func add(_ part: LoadBatch, to number: Int) {
        lanes[number].batch.calendars += part.calendars
        lanes[number].batch.failures += part.failures
        lanes[number].bookingCount += part.bookingCount
    }

    /// Whether a batch is large enough, and nothing keeps it from being taken in.
    func isDue(_ number: Int) -> Bool {
        let lane = lanes[number]
        return !lane.isBusy
            && (lane.batch.count >= batchSize || lane.bookingCount >= batchBookings)
    }

    /// Whether those who take in keep up with what is read. Behind one that is busy a batch may
    /// grow, for large ones cost less; how far is a matter of memory.
    var canFollow: Bool {
        !lanes.contains {
            $0.isBusy
                && ($0.batch.count >= 32 * batchSize || $0.bookingCount >= 2 * batchBookings)
        }
    }

    /// The batch, which is being taken in from now on.
    mutating func takeBatch(of number: Int) -> LoadBatch {
        let batch = lanes[number].batch
        lanes[number].batch = LoadBatch()
        lanes[number].bookingCount = 0
        lanes[number].isBusy = lanes[number].taker != nil && !batch.isEmpty
        return batch
    }

    /// The batch of a lane has been taken in.
    mutating func end(_ number: Int) { lanes[number].isBusy = false }
}
