import AbsenceModel
import Foundation
import Postgres
import Reconcile
import Testing
import TestSupport

/// What stands on the telephone side after hand edits, cell by cell, as a text.
///
/// Each cell is a user of one customer, so that all cells go through the same passes. A line tells
/// an instant, what stands at the phone then, what is held, and what is written down as placed
/// where that is something else than what stands of ours.
struct HandEditMatrix {
    let side: any TelephoneSide
    let world: World
    private var lines: [String: [String]] = [:]

    /// Whether anybody looks between the edit and the change of the booking.
    enum Looking { case seen, unseen }

    static let setting = World.Setting(
        HandEditCell.all.map(\.user).joined(separator: " "),
        limits: World.Setting.noLimits
    )

    init(side: any TelephoneSide, world: World) {
        self.side = side
        self.world = world
    }

    /// Lives through the morning.
    mutating func live(_ looking: Looking) async throws -> String {
        for cell in HandEditCell.all {
            world.book("b", of: cell.user, at(9), at(10), .outOfOffice)
        }
        try await pass(at(7)) { try await $0.minutely() }
        try await pass(at(7, 1)) { try await $0.nightly() }
        try await performEdits(before: at(9))
        try await pass(at(9)) { try await $0.minutely() }
        try await performEdits(before: at(9, 6))
        try await note("09:05 by hand")

        if looking == .seen {
            try await pass(at(9, 6)) { try await $0.readBackIfReadable() }
            try await pass(at(9, 7)) { try await $0.readBackIfReadable() }
            try await pass(at(9, 8)) { try await $0.minutely() }
            try await note("09:08 looked at")
        }
        for cell in HandEditCell.all { change(cell) }
        try await pass(at(9, 10)) { try await $0.minutely() }
        try await note("09:10 booking changed")
        try await pass(at(9, 11)) { try await $0.minutely() }
        if looking == .unseen { try await note("09:11 next pass") }
        try await pass(at(9, 15)) { try await $0.nightly() }
        try await pass(at(9, 16)) { try await $0.nightly() }
        try await note("09:16 nightly")
        try await pass(at(9, 17)) { world in
            let plan = try await world.nightly().plan
            #expect(plan.changes.isEmpty, "a third nightly finds something to do")
        }
        try await pass(at(10, 30)) { try await $0.minutely() }
        try await pass(at(10, 31)) { try await $0.minutely() }
        try await note("10:31 pass")
        return HandEditCell.all.map { cell in
            ([cell.title] + (lines[cell.phone] ?? [])).joined(separator: "\n") + "\n"
        }
        .joined(separator: "\n")
    }

    private func pass<R>(_ instant: Date, _ body: (World) async throws -> R) async throws {
        world.clock.now = instant
        try await side.setClock(instant)
        _ = try await body(world)
    }

    private func performEdits(before instant: Date) async throws {
        for cell in HandEditCell.all
        where cell.edit.instant < instant && cell.edit.instant > world.clock.now {
            try await side.setClock(cell.edit.instant)
            try await side.perform(cell.edit, on: cell.phone)
        }
    }

    private func change(_ cell: HandEditCell) {
        switch cell.fate {
        case .unchanged:
            break
        case .moved:
            world.book("b", of: cell.user, at(10, 30), at(11, 30), .outOfOffice)
        case .deleted:
            world.calendars.remove("b", from: cell.user)
        case .madePrivate:
            world.book("b", of: cell.user, at(9), at(10), .outOfOffice, sensitivity: .private)
        }
    }

    // MARK: Looking

    private mutating func note(_ moment: String) async throws {
        let now = world.clock.now
        let standing = try await side.standing(at: now)
        for cell in HandEditCell.all {
            let shown = StandingAbsence.lines(
                standing,
                of: cell.phone,
                withStarts: side.keepsStarts
            )
            var parts = [shown.isEmpty ? "nothing" : shown.joined(separator: "; ")]
            parts += try holds(of: cell)
            let ours = standing.filter { $0.phone == cell.phone && $0.isOurs }
                .map { $0.what(withStart: side.keepsStarts) }.sorted()
            let placed = try placed(of: cell)
            if placed != ours {
                let what = placed.isEmpty ? "nothing" : placed.joined(separator: "; ")
                parts.append("placed is \(what)")
            }
            lines[cell.phone, default: []].append(
                "  \(moment): \(parts.joined(separator: " | "))"
            )
        }
    }

    private func holds(of cell: HandEditCell) throws -> [String] {
        try world.connection.ask(
            """
            select cause, extract(epoch from starts_at), extract(epoch from ends_at), set_by
            from absence.standing_holds inner join roster.users using (customer_id, user_id)
            where user_key = '\(cell.user)'
            order by standing_holds.held_from
            """
        ).map { row in
            let stretch = "\(wallOf(row[1]))-\(wallOf(row[2]))"
            return "held: \(row[0]) \(stretch)" + (row[3].isEmpty ? "" : " by \(row[3])")
        }
    }

    private func placed(of cell: HandEditCell) throws -> [String] {
        try world.connection.ask(
            """
            select extract(epoch from starts_at), extract(epoch from ends_at), kind, reason
            from telephony.placed inner join roster.users using (customer_id, user_id)
            where user_key = '\(cell.user)'
                and ends_at > to_timestamp(\(world.clock.now.timeIntervalSince1970))
            """
        ).map { row in
            let start = side.keepsStarts ? wallOf(row[0]) + "-" : "until "
            return "\(start)\(wallOf(row[1])) \(row[2]) \(row[3])"
        }
        .sorted()
    }

    private func wallOf(_ seconds: String) -> String {
        wall(Date(timeIntervalSince1970: Double(seconds) ?? 0))
    }
}
