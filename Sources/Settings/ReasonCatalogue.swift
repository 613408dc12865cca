public import AbsenceModel

/// The reasons that may be named: those of every system, and a customer's own.
public struct ReasonCatalogue: Hashable, Sendable {
    /// The reasons of every system (domain.md part 3).
    public static let common: [Reason] = [
        "meeting", "external_meeting", "errand", "business_trip", "course", "lunch",
        "back_soon", "busy", "do_not_disturb", "unavailable", "gone_for_the_day", "time_off",
        "vacation", "leave", "sick", "sick_child", "away",
    ].map(Reason.init(rawValue:))

    /// The customer's own, in the order of their keys; they may replace labels of common ones.
    public let own: [Reason]

    public init(own: some Sequence<Reason> = []) {
        self.own = own.sorted { $0.rawValue < $1.rawValue }
    }

    public func contains(_ reason: Reason) -> Bool {
        Self.common.contains(reason) || own.contains(reason)
    }

    /// All of them, the common ones first.
    public var reasons: [Reason] {
        Self.common + own.filter { !Self.common.contains($0) }
    }
}
