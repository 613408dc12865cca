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
    private static let eventsPerDay = 9

    let world: World
    var passesEachMinute = false
    /// Runs after every pass, at rest.
    var afterPass: (SimulatedMonth) async throws -> Void = { _ in }
    /// How often each kind of thing happened, so that none of them is left out unseen.
    private(set) var happenings: [String: Int] = [:]
    private(set) var passCount = 0
    private(set) var bookingChangeCount = 0

    var random: SplitMix64
    private(set) var members = Array(1...200)
    private var lastMember = 200
    private var lastBooking = 0
    private var booked: [(key: String, user: String)] = []
    private var downUntil: Date?
    private var unreachable: [String: Date] = [:]

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

    private func book(_ number: Int, for user: String, from instant: Date) {
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

    // MARK: What happens beside that

    /// What stands in the month's diary, by day from 0 and minute of the day.
    private static let plan: [Int: [(minute: Int, event: Event)]] = [
        2: [(480, .joining), (600, .deletionByHand)],
        4: [(600, .outage(minutes: 40))],
        6: [(480, .leaving), (780, .ownAbsence)],
        7: [(540, .rules(merging: "10m", busy: "{ reason: meeting, kind: open }"))],
        9: [(420, .silentCalendars), (660, .changeByHand)],
        11: [(615, .lostAnswer)],
        13: [(480, .joining), (481, .leaving)],
        15: [(540, .rules(merging: "0m", busy: "{ reason: busy, kind: direct }"))],
        17: [(700, .outage(minutes: 90)), (900, .deletionByHand)],
        20: [(480, .leaving), (800, .lostRequest)],
        22: [(540, .rules(merging: "5m", busy: "{ reason: meeting, kind: open }"))],
        24: [(100, .ownAbsence), (170, .changeByHand)],
        26: [(480, .joining), (600, .silentCalendars)],
    ]

    private enum Event {
        case joining, leaving
        case rules(merging: String, busy: String)
        case outage(minutes: Int)
        case silentCalendars
        case lostAnswer, lostRequest
        case deletionByHand, changeByHand, ownAbsence
    }

    private func happen(_ event: Event) throws {
        let now = world.clock.now
        switch event {
        case .joining:
            for _ in 0..<5 {
                lastMember += 1
                members.append(lastMember)
                book(3, for: Self.key(lastMember), from: now)
            }
            try enroll()
        case .leaving:
            members.shuffle(using: &random)
            members.removeLast(4)
            booked.removeAll { booking in !members.contains { Self.key($0) == booking.user } }
            try enroll()
        case .rules(let gap, let busy):
            try world.apply(World.Setting(rules: "merge_gap: \(gap)", busy: busy))
            count("rules")
        case .outage(let minutes):
            downUntil = now.addingTimeInterval(Double(minutes * 60))
            world.exchange.beforeCapabilities = { throw Down.error }
            count("outage")
        case .silentCalendars:
            for member in members.prefix(10) {
                let address = Self.key(member)
                world.calendars.answer(
                    .failing(RemoteFailure(.timedOut, "no answer")),
                    for: address
                )
                unreachable[address] = now.addingTimeInterval(3 * 3600)
            }
            count("silent calendars")
        case .lostAnswer, .lostRequest:
            let exchange = world.exchange
            if case .lostAnswer = event {
                exchange.afterApply = { _, _ in
                    exchange.reset()
                    throw Down.LineBroke()
                }
            } else {
                exchange.beforeApply = { _ in
                    exchange.reset()
                    throw Down.LineBroke()
                }
            }
            count("line broke")
        case .deletionByHand:
            try byHand("delete from switchboard.absences")
        case .changeByHand:
            try byHand(
                """
                update switchboard.absences
                set ends_at = ends_at + interval '7 minutes', version = version + 1,
                    set_by = 'a person'
                """
            )
        case .ownAbsence:
            let member = members.randomElement(using: &random)!
            try world.ownAbsence("\(100 + member)", now + 86400, now + 90000)
            count("own absence")
        }
    }

    /// Does something to the absence of ours that begins last.
    private func byHand(_ command: String) throws {
        try world.byHand(
            """
            \(command)
            where absence_key = (
                select absence_key from switchboard.absences
                where origin = 'calendar' and reason <> 'away'
                order by starts_at desc, extension limit 1
            )
            """
        )
        count("by hand")
    }

    private func enroll() throws {
        let rows = members.sorted().map { member in
            let key = Self.key(member)
            return "\(key),\(key.capitalized),\(100 + member),fake:\(key),calendar diversion\n"
        }
        try world.enroll("key,name,extension,calendar,services\n" + rows.joined())
        count("roster")
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
