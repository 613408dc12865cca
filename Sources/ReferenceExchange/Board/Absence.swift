import Foundation

/// An absence of one extension: the schema `Absence`.
struct Absence: Hashable, Codable, Sendable {
    var `extension`: String
    var kind: Kind
    var reason: String
    var announcedReason: String
    var startsAt: Date
    /// The first instant after it.
    var endsAt: Date
    var backAt: Date
    var shownText: String?
    var target: String
    var ringSeconds: Int

    enum Kind: String, CaseIterable, Codable {
        case information, open, direct
    }

    private enum CodingKeys: String, CodingKey {
        case `extension`, kind, reason
        case announcedReason = "announced_reason"
        case startsAt = "starts_at"
        case endsAt = "ends_at"
        case backAt = "back_at"
        case shownText = "shown_text"
        case target
        case ringSeconds = "ring_seconds"
    }

    init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        `extension` = try members.text(.extension, like: Form.extension)
        kind = try members.decode(Kind.self, forKey: .kind)
        reason = try members.text(.reason, like: Form.reason)
        announcedReason = try members.text(.announcedReason, like: Form.reason)
        startsAt = try members.instant(.startsAt)
        endsAt = try members.instant(.endsAt)
        backAt = try members.instant(.backAt)
        shownText = try members.decodeIfPresent(String.self, forKey: .shownText)
        target = try members.text(.target, like: Form.target)
        ringSeconds = try members.number(.ringSeconds, in: 1...120)
    }

    /// Whether the two stand at one instant.
    func overlaps(_ other: Absence) -> Bool {
        startsAt < other.endsAt && other.startsAt < endsAt
    }

    /// What its target is, without the number.
    var targetKind: String { String(target.prefix { $0 != ":" }) }
}

/// An absence that stands, and where it came from: the schema `Entry`.
struct Entry: Hashable, Sendable {
    /// The system's own name of it.
    var number: Int
    /// The key of those that came by the interface.
    var absenceKey: UUID?
    var absence: Absence
    var origin: Origin
    var version: Int
    var setBy: String?
    var setAt: Date

    enum Origin: String, Codable {
        case calendar, person, attendant
    }

    var isOurs: Bool { origin == .calendar }
}

/// What announcements need of an extension: the schema `Phone`.
struct Phone: Hashable, Codable, Sendable {
    var `extension`: String
    var displayName: String
    var language: Language
    var timeZone: String

    enum Language: String, Codable {
        case sv, no, en
    }

    private enum CodingKeys: String, CodingKey {
        case `extension`
        case displayName = "display_name"
        case language
        case timeZone = "time_zone"
    }

    init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        `extension` = try members.text(.extension, like: Form.extension)
        displayName = try members.text(.displayName, most: 500)
        language = try members.decode(Language.self, forKey: .language)
        timeZone = try members.text(.timeZone, most: 100)
    }
}
