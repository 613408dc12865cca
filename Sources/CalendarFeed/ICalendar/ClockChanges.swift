import Foundation
import Synchronization

/// When the clocks of a zone that Foundation knows are set, as a table.
///
/// Foundation tells an offset in a microsecond, and a load asks for a million of them. Within the
/// years of the table they are looked up; before and after, Foundation is asked.
final class ClockChanges: Sendable {
    private let timeZone: TimeZone
    /// When the offset changed to the one of the same place in `offsets`, which has one more in
    /// front. Seconds since 1970-01-01T00:00:00Z.
    private let instants: [Int]
    private let offsets: [Int]

    /// From 2000 to the end of 2049.
    private static let years = 946_684_800..<2_524_608_000
    private static let known = Mutex<[TimeZone: ClockChanges]>([:])

    /// The table of `timeZone`, made when it is asked for first.
    static func of(_ timeZone: TimeZone) -> ClockChanges {
        if let changes = known.withLock({ $0[timeZone] }) { return changes }
        let changes = ClockChanges(timeZone)
        known.withLock { $0[timeZone] = changes }
        return changes
    }

    private init(_ timeZone: TimeZone) {
        self.timeZone = timeZone
        var instants: [Int] = []
        var offsets = [Self.offset(of: timeZone, at: Self.years.lowerBound)]
        var instant = Date(timeIntervalSince1970: Double(Self.years.lowerBound))
        while let next = timeZone.nextDaylightSavingTimeTransition(after: instant), next > instant {
            let second = Int(next.timeIntervalSince1970.rounded(.up))
            guard Self.years.contains(second) else { break }
            instants.append(second)
            offsets.append(Self.offset(of: timeZone, at: second))
            instant = next
        }
        self.instants = instants
        self.offsets = offsets
    }

    /// Seconds east of Greenwich at an instant.
    func offset(at instant: Int) -> Int {
        guard Self.years.contains(instant) else { return Self.offset(of: timeZone, at: instant) }
        var (low, high) = (0, instants.count)
        while low < high {
            let middle = (low + high) / 2
            if instants[middle] <= instant { low = middle + 1 } else { high = middle }
        }
        return offsets[low]
    }

    private static func offset(of timeZone: TimeZone, at instant: Int) -> Int {
        timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant)))
    }
}
