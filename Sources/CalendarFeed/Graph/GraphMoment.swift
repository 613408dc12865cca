import Web

/// A time as Graph writes it, `{"dateTime": "2026-11-23T09:00:00.0000000", "timeZone": "UTC"}`.
struct GraphMoment: Hashable, Sendable {
    /// In whole seconds, of the zone below.
    var wall: WallTime
    /// Nil for UTC, which we ask for.
    var zoneName: String?

    /// Nil where the time is missing or cannot be read.
    init?(_ dateTime: UnsafeRawBufferPointer?, _ timeZone: UnsafeRawBufferPointer?) {
        guard let ticks = dateTime.flatMap(GraphTicks.init(text:)) else { return nil }
        wall = WallTime(seconds: ticks.seconds)
        switch timeZone {
        case nil, "UTC"?: zoneName = nil
        case let name?: zoneName = String(decoding: name, as: UTF8.self)
        }
    }

    /// Seconds since 1970-01-01T00:00:00Z, or nil where the zone is unknown.
    var instant: Int? {
        guard let zoneName else { return wall.seconds }
        return ZoneNames.zone(named: zoneName)?.instant(of: wall)
    }
}

/// A date and a time in tenths of microseconds since 1970, the finest that Graph writes.
struct GraphTicks: Hashable, Comparable, Sendable {
    var count: Int

    init(count: Int) {
        self.count = count
    }

    /// Reads `2026-11-23T09:00:00`, with or without a fraction and a `Z`, byte by byte: a million
    /// of them are read in a load.
    init?(text: UnsafeRawBufferPointer) {
        guard let wall = WallTime(dateTime: text), text[10] == UInt8(ascii: "T") else { return nil }
        var end = 19
        var fraction = 0
        if end < text.count, text[end] == UInt8(ascii: ".") {
            end += 1
            var scale = Self.perSecond / 10
            while end < text.count, case let digit = text[end] &- UInt8(ascii: "0"), digit < 10 {
                fraction += Int(digit) * scale
                scale /= 10
                end += 1
            }
            guard end > 20 else { return nil }
        }
        guard end == text.count || (end + 1 == text.count && text[end] == UInt8(ascii: "Z")) else {
            return nil
        }
        count = wall.seconds * Self.perSecond + fraction
    }

    /// Whole seconds; parts are dropped.
    var seconds: Int {
        (count - (count % Self.perSecond + Self.perSecond) % Self.perSecond) / Self.perSecond
    }

    static func < (left: GraphTicks, right: GraphTicks) -> Bool { left.count < right.count }

    private static let perSecond = 10_000_000
}
