import AbsenceModel
import Foundation
import Reconcile
import Telephony
import Testing
import TestSupport
import Web

/// October 2026 in the life of a customer with 200 users: people book, move and delete, come and
/// go; rules change; calendars, the telephone system and its answers fail; people edit by hand;
/// and on the 25th clocks are put back.
///
/// The same from the same seed. Passes run when something happens, every three hours, and at
/// half past two each night; with `passesEachMinute` every minute of the day.
final class SimulatedMonth {
    static let start = Date(timeIntervalSince1970: 1_790_805_600)  // 2026-10-01 00:00 Stockholm
    static let dayCount = 31
    private static let eventsPerDay = 14

    let world: World
    var passesEachMinute = false
    /// Runs after every pass, at rest.
    var afterPass: (SimulatedMonth) async throws -> Void = { _ in }
    /// How often each kind of thing happened, so that none of them is left out unseen.
    private(set) var happenings: [String: Int] = [:]
    private(set) var passCount = 0
    private(set) var bookingChangeCount = 0

    var random: SplitMix64
    var members = Array(1...200)
    var lastMember = 200
    private var lastBooking = 0
    var booked: [(key: String, user: String)] = []
    var downUntil: Date?
    var unreachable: [String: Date] = [:]

    /// What the month begins with.
    static var setting: World.Setting {
        World.Setting((1...200).map(key).joined(separator: " "), rules: "merge_gap: 5m")
    }

    init(of world: World, seed: UInt64) {
        self.world = world
        random = SplitMix64(seed: seed)
    }

    func play() async throws {
        for member in members { book(4, for: Self.key(member), from: Self.start) }
        for day in 0..<Self.dayCount { try await play(day: day) }
        // Whatever failed last is made up for, and what people took away is seen twice.
        for hour in [1, 2, 3] {
            world.clock.now = Self.wall(Self.dayCount, hour * 60)
            try await runNightly()
        }
    }

    private func play(day: Int) async throws {
        world.clock.now = Self.wall(day, 150)
        try await runNightly()
        var events: [Int: Int] = [:]
        for _ in 0..<Self.eventsPerDay {
            events[Int.random(in: 360..<1140, using: &random), default: 0] += 1
        }
        var minutes = Set(events.keys).union(stride(from: 180, to: 1440, by: 180))
        if passesEachMinute { minutes.formUnion((0..<1440).filter { $0 != 150 }) }
        let plan = Self.plan[day] ?? []
        for minute in minutes.union(plan.map(\.minute)).sorted() {
            let instant = Self.wall(day, minute)
            // Where the night's passes took longer than the minute, time does not go back.
            if instant > world.clock.now { world.clock.now = instant }
            for _ in 0..<(events[minute] ?? 0) { bookingHappens() }
            for planned in plan where planned.minute == minute {
                try happen(planned.event)
            }
            try await runMinutely()
        }
    }

    // MARK: Passes

    private func runMinutely() async throws {
        let now = world.clock.now
        if let end = downUntil, end <= now {
            downUntil = nil
            world.exchange.reset()
        }
        for (address, end) in unreachable where end <= now {
            unreachable[address] = nil
            world.calendars.answer(.plain, for: address)
        }
        do {
            try await approved {
                _ = try await world.load { $0.batchSize = 256 }
                return try await world.reconcile()
            }
        } catch is ExchangeError where downUntil != nil {
            count("pass without telephone system")
        }
        passCount += 1
        try await afterPass(self)
    }

    private func runNightly() async throws {
        try await approved { try await world.nightly() }
        _ = try await world.recordDrift()
        try await world.prune()
        passCount += 1
        try await afterPass(self)
    }

    /// A person reads what the limits held back, and lets it through.
    private func approved(_ pass: () async throws -> RunReport) async throws {
        let report = try await pass()
        guard let digest = report.digest else { return }
        count("refused plan")
        _ = try await world.reconcile(approve: digest)
    }

    // MARK: What people do in their calendars

    private func bookingHappens() {
        let now = world.clock.now
        switch Int.random(in: 0..<10, using: &random) {
        case 0..<5:
            book(1, for: Self.key(members.randomElement(using: &random)!), from: now)
            count("booked")
        case 5..<8:
            guard let (key, user) = booked.randomElement(using: &random) else { return }
            put(key, of: user, from: now)
            count("moved")
        default:
            guard let index = booked.indices.randomElement(using: &random) else { return }
            let (key, user) = booked.remove(at: index)
            world.calendars.remove(key, from: user)
            bookingChangeCount += 1
            count("deleted")
        }
    }

    func book(_ number: Int, for user: String, from instant: Date) {
        for _ in 0..<number {
            lastBooking += 1
            let key = "b\(lastBooking)"
            booked.append((key, user))
            put(key, of: user, from: instant)
        }
    }

    /// Somewhere in the ten days ahead, in half hours of the day.
    private func put(_ key: String, of user: String, from instant: Date) {
        let day = Int.random(in: 0..<10, using: &random)
        let half = Int.random(in: 14..<36, using: &random)
        let today = Int(instant.timeIntervalSince(Self.start) / 86400)
        let start = Self.wall(today + day, half * 30)
        let length = [15, 30, 30, 60, 60, 120].randomElement(using: &random)!
        let isWholeDay = Int.random(in: 0..<12, using: &random) == 0
        let date = LocalDate(year: 2026, month: 10, day: min(today + day + 1, 31))
        world.calendars.put(
            Booking(
                key: key,
                resource: key,
                time: isWholeDay
                    ? .allDay(start: date, end: LocalDate(year: 2026, month: 11, day: 1))
                    : .timed(start: start, end: start + Double(length * 60)),
                showAs: Booking.ShowAs.allCases.randomElement(using: &random)!,
                sensitivity: Int.random(in: 0..<8, using: &random) == 0 ? .private : .normal,
                isCancelled: Int.random(in: 0..<20, using: &random) == 0,
                subject: "Budget \(key)"
            ),
            in: user
        )
        bookingChangeCount += 1
    }

    func count(_ happening: String) {
        happenings[happening, default: 0] += 1
    }

    static func key(_ member: Int) -> String { "u\(member)" }

    /// A minute of a day on the wall in Stockholm.
    static func wall(_ day: Int, _ minute: Int) -> Date {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: "Europe/Stockholm")!
        let midnight = calendar.date(byAdding: .day, value: day, to: start)!
        return calendar.date(
            bySettingHour: minute / 60 % 24,
            minute: minute % 60,
            second: 0,
            of: midnight
        )!
    }
}
