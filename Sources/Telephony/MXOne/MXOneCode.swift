import AbsenceModel
import Foundation

/// What is dialled to a Mitel MX-ONE for somebody else's extension (telephony.md part 1):
/// `*230*extension*digit*HHMM#` sets an absence from now on, `#230*extension#` ends it.
///
/// Nothing but digits, `*` and `#` is ever dialled.
enum MXOneCode {
    /// Why an absence cannot be dialled.
    struct Unfit: Error, Hashable, Sendable {
        var reason: String
    }

    /// The code that sets an absence, to be dialled at `instant`.
    ///
    /// Four digits are a time of day; how the exchange tells a date from one is not public, so no
    /// date is dialled. A time that has passed on the wall would be tomorrow's, and is not dialled
    /// either; the end of a day is its last minute.
    ///
    /// - Parameter zone: where the extension is.
    static func away(
        _ absence: Absence,
        digit: Int,
        zone: TimeZone,
        at instant: Date
    ) throws(Unfit) -> String {
        let number = try digits(of: absence.phone)
        guard (0...9).contains(digit) else {
            throw Unfit(reason: "its reason has no code of one digit")
        }
        guard absence.endsAt > instant + reach else {
            throw Unfit(reason: "it ends before the exchange could take it")
        }
        guard absence.startsAt <= instant else {
            throw Unfit(reason: "it starts later, and the exchange knows only now")
        }
        let now = WallClock(at: instant, in: zone)
        var end = WallClock(at: absence.endsAt, in: zone)
        // 0000 might be the midnight that has passed.
        if (end.hour, end.minute) == (0, 0) {
            end = WallClock(at: absence.endsAt - 60, in: zone)
        }
        guard end.date == now.date, (end.hour, end.minute) > (now.hour, now.minute) else {
            throw Unfit(reason: "its end is no time of this day that is still to come")
        }
        return "*230*\(number)*\(digit)*" + String(format: "%02d%02d", end.hour, end.minute) + "#"
    }

    /// The code that ends an extension's absence.
    static func back(_ phone: String) throws(Unfit) -> String {
        "#230*\(try digits(of: phone))#"
    }

    /// A code that is dialled this shortly before the end might be taken after it, and mean
    /// tomorrow.
    static let reach: TimeInterval = 15

    private static func digits(of phone: String) throws(Unfit) -> String {
        guard phone.wholeMatch(of: /[0-9]{2,15}/) != nil else {
            throw Unfit(reason: "its extension is not of 2 to 15 digits")
        }
        return phone
    }
}
