import AbsenceModel
import Foundation
import Settings

/// The users of a case, and their bookings.
struct RuleCasePeople {
    let users: [RuleCaseUser]
    let reasons: ReasonCatalogue
    let reader: SettingsReader

    /// A booking with the id of its user, which is empty where it was not told well.
    typealias UserBooking = (user: String, booking: Booking)

    /// Whom `value`, a map with or without the key `user`, belongs to.
    func user(of map: SettingsMap) -> RuleCaseUser? {
        guard !users.isEmpty else { return nil }
        guard let value = map["user"] else {
            if users.count > 1 {
                reader.report(
                    "this key is missing, for there are several users; allowed: \(names)",
                    line: map.value.line,
                    key: map.value.path(to: "user")
                )
                return nil
            }
            return users.first
        }
        guard let id = reader.word(value, of: users.map(\.id)) else { return nil }
        return users.first { $0.id == id }
    }

    private var names: String {
        users.map(\.id).joined(separator: ", ")
    }

    /// Reads the bookings of a case; those with a problem, which is reported, are left out.
    func bookings(_ value: SettingsValue) -> [UserBooking] {
        guard let values = reader.list(value) else { return [] }
        let bookings = values.map(booking)
        reader.reportRepeated(zip(bookings.map { $0?.booking.key }, values))
        return bookings.compactMap { $0 }
    }

    private func booking(_ value: SettingsValue) -> UserBooking? {
        guard
            let map = reader.map(
                value,
                keys: [
                    "id", "user", "subject", "location", "body", "show_as", "sensitivity",
                    "response", "cancelled", "all_day", "start", "end", "override",
                ],
                required: ["id", "start", "end"]
            )
        else { return nil }
        let id = map["id"].flatMap(reader.text)
        let user = user(of: map)
        let isAllDay = map["all_day"].flatMap(reader.bool) ?? false
        let time =
            isAllDay ? days(in: map) : timed(in: map, timeZone: user?.timeZone ?? .gmt)
        var booking = Booking(
            key: id ?? "",
            resource: "case",
            time: time ?? .timed(start: .distantPast, end: .distantPast)
        )
        booking.subject = map["subject"].flatMap(optionalText)
        booking.location = map["location"].flatMap(optionalText)
        booking.body = map["body"].flatMap(optionalText)
        set(&booking.showAs, map["show_as"])
        set(&booking.sensitivity, map["sensitivity"])
        set(&booking.response, map["response"])
        booking.isCancelled = map["cancelled"].flatMap(reader.bool) ?? false
        booking.choice = map["override"].flatMap { reader.choice($0, from: reasons) }
        // Other problems leave the booking to be known to what is expected of it.
        return id == nil ? nil : (user?.id ?? "", booking)
    }

    private func set<Word>(_ field: inout Word, _ value: SettingsValue?)
    where Word: CaseIterable & RawRepresentable<String> {
        if let word = value.flatMap({ reader.word($0, as: Word.self) }) {
            field = word
        }
    }

    private func optionalText(_ value: SettingsValue) -> String? {
        if case .null = value.content { return nil }
        return reader.anyText(value)
    }

    private func timed(in map: SettingsMap, timeZone: TimeZone) -> Booking.Time? {
        let start = map["start"].flatMap { reader.instant($0, in: timeZone) }
        let end = map["end"].flatMap { reader.instant($0, in: timeZone) }
        guard let start, let end else { return nil }
        guard isInOrder(start, end, in: map) else { return nil }
        return .timed(start: start, end: end)
    }

    private func days(in map: SettingsMap) -> Booking.Time? {
        let start = map["start"].flatMap(reader.date)
        let end = map["end"].flatMap(reader.date)
        guard let start, let end, isInOrder(start, end, in: map) else { return nil }
        return .allDay(start: start, end: end)
    }

    /// Reports an end before its start. The two may be the same, which has a cause of its own.
    private func isInOrder<Moment: Comparable>(
        _ start: Moment,
        _ end: Moment,
        in map: SettingsMap
    ) -> Bool {
        if end < start, let value = map["end"] {
            reader.report("the end is before the start", at: value)
        }
        return start <= end
    }
}
