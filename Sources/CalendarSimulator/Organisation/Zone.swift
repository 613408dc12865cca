import Foundation

/// A time zone by both its names, with its clock changes from 1990 to 2060.
final class Zone: Sendable {
    /// IANA's name.
    let name: String
    let windowsName: String
    /// From when on which offset holds, ascending; the first holds before all.
    private let offsets: [(from: Int, seconds: Int)]

    static let utc = Zone("Etc/UTC", "UTC")
    static let berlin = Zone("Europe/Berlin", "W. Europe Standard Time")
    static let london = Zone("Europe/London", "GMT Standard Time")
    static let helsinki = Zone("Europe/Helsinki", "FLE Standard Time")
    static let newYork = Zone("America/New_York", "Eastern Standard Time")
    static let kolkata = Zone("Asia/Kolkata", "India Standard Time")

    static let all = [utc, berlin, london, helsinki, newYork, kolkata]

    /// The zone of every mailbox.
    static let home = berlin

    private init(_ name: String, _ windowsName: String) {
        self.name = name
        self.windowsName = windowsName
        let zone = TimeZone(identifier: name) ?? .gmt
        var instant = Date(timeIntervalSince1970: 631_152_000)
        let end = Date(timeIntervalSince1970: 2_840_140_800)
        var offsets = [(from: Int.min, seconds: zone.secondsFromGMT(for: instant))]
        while let next = zone.nextDaylightSavingTimeTransition(after: instant), next < end {
            offsets.append(
                (Int(next.timeIntervalSince1970), zone.secondsFromGMT(for: next))
            )
            instant = next
        }
        self.offsets = offsets
    }

    /// The zone by IANA's or Microsoft's name.
    static func named(_ name: String) -> Zone? {
        name == "Etc/GMT" ? utc : all.first { $0.name == name || $0.windowsName == name }
    }

    /// How far the wall is ahead of UTC, in seconds.
    func offset(at instant: Instant) -> Int {
        offsets[index(before: instant.seconds)].seconds
    }

    /// The instant of a wall time. One that is shown twice is the first; one that is skipped is
    /// read with the offset before the gap (RFC 5545 3.3.5).
    func instant(of wall: WallTime) -> Instant {
        let local = wall.day.number * 86400 + wall.minute * 60
        // Among the changes within a day, the earlier offset wins where it is possible.
        let index = index(before: local - 86400)
        var offset = offsets[index].seconds
        if index + 1 < offsets.count {
            let change = offsets[index + 1]
            // After the change, on the wall before it as well as on the wall after it.
            if local >= change.from + max(offset, change.seconds) { offset = change.seconds }
        }
        return Instant(local - offset)
    }

    /// What the wall shows at an instant.
    func wall(at instant: Instant) -> WallTime {
        Instant(instant.seconds + offset(at: instant)).utc
    }

    /// The last offset that begins at or before `seconds`.
    private func index(before seconds: Int) -> Int {
        var low = 0
        var high = offsets.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if offsets[middle].from <= seconds { low = middle } else { high = middle }
        }
        return low
    }
}
