import Foundation
import Telephony
import TestSupport
import Web

/// What happens in the month beside people's bookings.
extension SimulatedMonth {
    /// What stands in the month's diary, by day from 0 and minute of the day.
    static let plan: [Int: [(minute: Int, event: Event)]] = [
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

    enum Event {
        case joining, leaving
        case rules(merging: String, busy: String)
        case outage(minutes: Int)
        case silentCalendars
        case lostAnswer, lostRequest
        case deletionByHand, changeByHand, ownAbsence
    }

    func happen(_ event: Event) throws {
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
}
