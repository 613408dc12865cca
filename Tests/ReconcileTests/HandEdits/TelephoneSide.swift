import AbsenceModel
import Foundation
import Telephony

/// A telephone system with people at it.
protocol TelephoneSide {
    var exchange: any TelephonyExchange { get }

    /// Whether what stands there began when it was to begin, not when it was set.
    var keepsStarts: Bool { get }

    /// Puts the system's clock to an instant, where it has one of its own.
    func setClock(_ instant: Date) async throws

    /// Everything that stands and has not ended at an instant, whoever made it.
    func standing(at instant: Date) async throws -> [StandingAbsence]

    /// Does what the user does at the phone.
    func perform(_ edit: HandEdit, on phone: String) async throws
}

/// An absence on the telephone side, as somebody sees it who looks there.
struct StandingAbsence {
    /// What the system calls it.
    var entryKey: String
    var phone: String
    var startsAt: Date
    var endsAt: Date
    var kind: String
    var reason: String
    var origin: String
    var setBy: String?
    /// Whether this program set it, by what the system keeps of that.
    var isOurs: Bool

    /// Those of one phone, in order: `09:00-10:00 direct away, ours`.
    static func lines(
        _ absences: [StandingAbsence],
        of phone: String,
        withStarts: Bool
    ) -> [String] {
        absences.filter { $0.phone == phone }
            .sorted { ($0.startsAt, $0.endsAt) < ($1.startsAt, $1.endsAt) }
            .map { "\($0.what(withStart: withStarts)), \($0.whose)" }
    }

    private var whose: String {
        guard let setBy, setBy != "kalenderkoppling" else { return isOurs ? "ours" : origin }
        if isOurs, origin == "calendar" { return "ours, set by \(setBy)" }
        return isOurs ? "ours" : "\(origin) \(setBy)"
    }

    func what(withStart: Bool) -> String {
        "\(withStart ? wall(startsAt) + "-" : "until ")\(wall(endsAt)) \(kind) \(reason)"
    }
}

/// `09:00`, on the wall in Stockholm; `for ever` where it never comes.
func wall(_ instant: Date) -> String {
    guard instant < Date(timeIntervalSince1970: 10_000_000_000) else { return "for ever" }
    let clock = WallClock(at: instant, in: TimeZone(identifier: "Europe/Stockholm")!)
    return String(format: "%02d:%02d", clock.hour, clock.minute)
}
