import AbsenceModel
import Foundation
import Settings

/// Reads one document of a case file.
struct RuleCaseReader {
    private let document: SettingsValue
    private let reader: SettingsReader

    /// The case with this number of the file, from 1, which serves where it has no name.
    init(_ document: SettingsValue, number: Int, reader: SettingsReader) {
        self.document = document
        self.reader = reader
        reader.entry = "case " + (Self.name(of: document).map(reader.quoted) ?? "\(number)")
    }

    /// The case, or nil. Where something was reported, a case that comes back is not whole.
    func read() -> RuleCase? {
        guard
            let map = reader.map(
                document,
                keys: [
                    "name", "items", "system", "now", "rules", "users", "bookings", "expect",
                    "skipped",
                ],
                required: ["name", "system", "now", "bookings", "expect"]
            )
        else { return nil }
        let name = map["name"].flatMap(reader.text)
        let items = map["items"].flatMap(reader.items) ?? []
        let system = map["system"].flatMap { reader.word($0, as: PhoneSystem.self) }
        let now = map["now"].flatMap(reader.instant)
        let rules =
            map["rules"].map { RulesDocument(reading: $0, with: reader) } ?? RulesDocument()
        let users = users(map["users"], reasons: rules.reasons)
        let people = RuleCasePeople(users: users, reasons: rules.reasons, reader: reader)
        let bookings = map["bookings"].map(people.bookings) ?? []
        let wanted = RuleCaseExpectations(people: people, bookings: bookings)
        let expect = map["expect"].map(wanted.absences) ?? []
        let skipped = map["skipped"].map(wanted.skipped) ?? []
        guard let name, let system, let now else { return nil }
        return RuleCase(
            name: name,
            items: items,
            file: reader.file,
            line: document.line,
            system: system,
            now: now,
            rules: rules,
            users: users,
            bookings: bookings.map { ($0.user, $0.booking) },
            expect: expect,
            skipped: skipped
        )
    }

    private static func name(of document: SettingsValue) -> String? {
        guard case .map(let members) = document.content,
            let name = members.first(where: { $0.key == "name" })?.value,
            case .scalar(let text, _) = name.content, !text.isEmpty
        else { return nil }
        return text
    }

    private func users(_ value: SettingsValue?, reasons: ReasonCatalogue) -> [RuleCaseUser] {
        guard let value else { return Self.soleUser }
        guard let values = reader.list(value) else { return [] }
        if values.isEmpty {
            reader.report("one user at least is wanted; without this key there is anna", at: value)
        }
        let users = values.map { user($0, reasons: reasons) }
        reader.reportRepeated(zip(users.map { $0?.id }, values))
        return users.compactMap { $0 }
    }

    private static let soleUser = [
        TimeZone(identifier: "Europe/Stockholm").map {
            RuleCaseUser(id: "anna", timeZone: $0, hasCalendar: true, hasDiversion: true)
        }
    ].compactMap { $0 }

    private func user(_ value: SettingsValue, reasons: ReasonCatalogue) -> RuleCaseUser? {
        guard
            let map = reader.map(
                value,
                keys: ["id", "timezone", "services", "preferences"],
                required: ["id", "timezone"]
            )
        else { return nil }
        let id = map["id"].flatMap(reader.text)
        let timeZone = map["timezone"].flatMap(reader.timeZone)
        let services = map["services"].flatMap {
            reader.words($0, of: ["calendar", "diversion"])
        }
        let preferences = map["preferences"].map {
            PreferencesDocument(reading: $0, reasons: reasons, with: reader)
        }
        guard let id else { return nil }
        // A user without a time zone is reported, but known to the bookings.
        return RuleCaseUser(
            id: id,
            timeZone: timeZone ?? .gmt,
            hasCalendar: services?.contains("calendar") ?? false,
            hasDiversion: services?.contains("diversion") ?? false,
            preferences: preferences ?? PreferencesDocument()
        )
    }
}
