import AbsenceModel
import Foundation

/// What was found out about some events and series.
struct GraphFindings: Sendable {
    var bookings: [Booking] = []
    var broken: [BrokenBooking] = []
    /// Resources that are told whole.
    var covered: [String] = []
    /// Their version marks, but of single events, whose bookings tell them.
    var resources: [String: String] = [:]
    /// What could not be read and is to be asked for again.
    var unread: Set<String> = []
    var byteCount = 0
    /// Rows without an identifier. While there are any, the round is not over.
    var namelessCount = 0

    /// Makes room for the bookings of so many events.
    mutating func reserve(_ count: Int) {
        bookings.reserveCapacity(bookings.count + count)
    }

    static func += (left: inout Self, right: Self) {
        left.bookings += right.bookings
        left.broken += right.broken
        left.covered += right.covered
        left.resources.merge(right.resources) { $1 }
        left.unread.formUnion(right.unread)
        left.byteCount += right.byteCount
        left.namelessCount += right.namelessCount
    }

    /// Leaves what is stored of a resource as it is, and asks for it the next time.
    mutating func leaveUnread(
        _ resource: String,
        key: String? = nil,
        mark: String,
        because reason: String
    ) {
        resources[resource] = mark
        broken.append(BrokenBooking(resource: resource, key: key, reason: reason))
        unread.insert(resource)
    }

    /// The answer to a load.
    ///
    /// - Parameters:
    ///   - coverage: where all rows had identifiers.
    ///   - cursor: without what is unread; nil where only a full load can follow.
    func answer(coverage: [Coverage], cursor: GraphCursor?) -> LoadAnswer {
        var cursor = cursor
        cursor?.unread = unread.sorted()
        var answer = LoadAnswer()
        answer.bookings = bookings
        answer.broken = broken
        answer.coverage = coverage
        answer.resources = resources
        answer.cursor = cursor?.text
        answer.byteCount = byteCount
        if !unread.isEmpty {
            answer.failures.append(
                "\(unread.count) events or series could not be read: what is stored of them stays, "
                    + "and the next load asks again"
            )
        }
        if namelessCount > 0 {
            answer.failures.append(
                "\(namelessCount) events came without an id: what is stored stays until they "
                    + "have one"
            )
        }
        return answer
    }
}

/// The version mark of a stored event or series: the time of its last change, by which a row
/// that is replayed is told from one that is new, and its entity tag.
enum GraphMark {
    /// Of what was never read whole.
    static let unknown = "0/"

    /// Hands the mark of an event to `body`, as bytes: a load makes a million of them.
    static func withBytes<Result>(
        _ modified: GraphTicks?,
        _ entityTag: UnsafeRawBufferPointer?,
        _ body: (UnsafeRawBufferPointer) -> Result
    ) -> Result {
        let capacity = 21 + (entityTag?.count ?? 0)
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: capacity) { text in
            var end = write(modified?.count ?? 0, to: text)
            text[end] = UInt8(ascii: "/")
            end += 1
            if let entityTag { end = text[end...].initialize(fromContentsOf: entityTag) }
            return body(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(text)[..<end]))
        }
    }

    /// Writes a number in decimal; returns how many bytes it takes, 20 at most.
    private static func write(_ number: Int, to text: UnsafeMutableBufferPointer<UInt8>) -> Int {
        var (end, rest) = (0, number.magnitude)
        repeat {
            text[end] = UInt8(ascii: "0") + UInt8(rest % 10)
            (end, rest) = (end + 1, rest / 10)
        } while rest > 0
        if number < 0 {
            text[end] = UInt8(ascii: "-")
            end += 1
        }
        var digits = text[..<end]
        digits.reverse()
        return end
    }

    /// When the stored state was changed last.
    static func modified(of mark: String) -> Int? {
        mark.split(separator: "/", maxSplits: 1).first.flatMap { Int($0) }
    }
}
