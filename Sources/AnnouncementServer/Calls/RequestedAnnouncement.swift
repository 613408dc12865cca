import AbsenceModel
import Announcements

/// What a caller is to hear, as the URI that was called says it (RFC 4240 section 3):
///
///     sip:annc@HOST;play=absence;locale=sv_SE;param1=REASON;param2=YYYYMMDDTHHMM;param3=NAME
///     sip:annc@HOST;play=confirm;locale=sv_SE;param1=away|back
///
/// The time is that of the person's clock on the wall. `repeat`, `delay` and `duration` are those
/// of RFC 4240, times in milliseconds.
struct RequestedAnnouncement: Sendable {
    /// More than this nobody is made to hear, in bytes of sound: a minute.
    static let longest = 480_000

    let announcement: Announcement
    /// What was asked for, for the record: a reason that may be told, or the confirmation.
    let reason: String
    /// The return time as it was asked for; nil where there is none to be told.
    let until: String?
    private let times: Int
    /// Bytes of silence between two times.
    private let pause: Int
    private let length: Int

    /// Nil where there is no such announcement.
    ///
    /// Whatever else is missing or cannot be read is left out of the sentence: a caller who hears
    /// less is better off than one who hears nothing.
    init?(_ uri: SIPURI, today: LocalDate, defaultLanguage: SpokenLanguage) {
        guard uri.user == "annc" else { return nil }
        let parameters = uri.parameters.mapValues(SIPText.unescaped)
        let language = parameters["locale"].flatMap(SpokenLanguage.init(locale:)) ?? defaultLanguage
        switch parameters["play"] {
        case "absence":
            let reason = Reason(rawValue: parameters["param1"] ?? "")
            let returnTime = parameters["param2"].flatMap(WallClock.init(compact:))
            announcement = .absence(
                of: parameters["param3"] ?? "",
                because: reason,
                until: returnTime,
                today: today,
                in: language
            )
            self.reason = ReasonPhrase(reason).rawValue
            until = returnTime == nil ? nil : parameters["param2"]
        case "confirm":
            guard let confirmation = Announcement.Confirmation(rawValue: parameters["param1"] ?? "")
            else { return nil }
            announcement = .confirmation(of: confirmation, in: language)
            reason = confirmation.rawValue
            until = nil
        default:
            return nil
        }
        let number = { (name: String, limit: Int) in
            parameters[name].flatMap { SIPText.number($0) }.map { min($0, limit) }
        }
        let isForever = parameters["repeat"]?.lowercased() == "forever"
        times = isForever ? .max : max(1, number("repeat", .max) ?? 1)
        pause = (number("delay", 60_000) ?? 0) * 8
        length = number("duration", 60_000).map { $0 * 8 } ?? Self.longest
    }

    /// What is played: the spoken sentence as often as it was asked for.
    func sound(spoken: [UInt8], _ law: Law) -> [UInt8] {
        var sound = spoken
        var played = 1
        while played < times, !spoken.isEmpty, sound.count < length {
            sound += [UInt8](repeating: law.silence, count: pause) + spoken
            played += 1
        }
        return Array(sound.prefix(min(length, Self.longest)))
    }
}

extension WallClock {
    /// Reads YYYYMMDDTHHMM.
    fileprivate init?(compact text: String) {
        let characters = Array(text)
        guard characters.count == 13, characters[8] == "T" else { return nil }
        let part = { (range: Range<Int>) in String(characters[range]) }
        self.init("\(part(0..<4))-\(part(4..<6))-\(part(6..<8))T\(part(9..<11)):\(part(11..<13))")
    }
}
