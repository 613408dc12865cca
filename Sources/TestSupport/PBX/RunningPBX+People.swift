import Foundation
import Postgres

/// People and when they are away.
extension RunningPBX {
    /// Somebody with an extension.
    public struct Person: Hashable, Sendable {
        public let number: String
        public let name: String
        /// Nil where none is registered.
        public let phone: Phone?
    }

    /// Somebody new, whose phone is registered.
    public func person(
        _ name: String,
        phone: Phone? = .answers,
        language: String = "sv",
        isAttendant: Bool = false
    ) async throws -> Person {
        let person = Person(number: newNumber(), name: name, phone: phone)
        try database.connect().command(
            """
            insert into switchboard.extensions
                (customer_key, extension, display_name, language, is_attendant)
            values ('\(Self.customer)', '\(person.number)', '\(name.replacing("'", with: "''"))', '\(language)', \(isAttendant))
            """
        )
        if let phone, let port = phones[phone] {
            try await sipp("register", to: person.number, ["phoneport": "\(port)"])
        }
        return person
    }

    /// A person's absence in the switchboard, as the calendar made it unless another origin is
    /// named.
    ///
    /// - Parameters:
    ///   - from: An expression of SQL; such as `now()`.
    ///   - to: Another; unless given, noon of a Monday in the far future, so that what callers
    ///     hear is the same every day.
    ///   - backAt: A third; unless given, the end.
    public func away(
        _ person: Person,
        _ kind: String,
        _ reason: String = "meeting",
        from: String = "now() - interval '1 hour'",
        to: String = farAway,
        backAt: String? = nil,
        target: String = "announcement",
        ringSeconds: Int = 2,
        text: String? = nil,
        origin: String = "calendar"
    ) throws {
        try database.connect().command(
            """
            insert into switchboard.absences (
                customer_key, absence_key, extension, kind, reason, announced_reason, starts_at,
                ends_at, back_at, shown_text, target, ring_seconds, origin, set_at
            )
            values (
                '\(Self.customer)', gen_random_uuid(), '\(person.number)', '\(kind)', '\(reason)',
                '\(reason)', \(from), \(to), \(backAt ?? to), \(text.map { "'\($0)'" } ?? "null"),
                '\(target)', \(ringSeconds), '\(origin)', now()
            )
            """
        )
    }

    /// Monday 3 August 2037, noon in Stockholm.
    public static let farAway = "timestamptz '2037-08-03 10:00Z'"

    /// Writes a document of presence, as another program that shares Kamailio's database would.
    public func store(_ document: String, of person: Person, _ event: String) throws {
        try kamailio.connect().command(
            """
            insert into presentity (username, domain, event, etag, expires, received_time, body,
                sender, priority, ruid)
            values ('\(person.number)', '\(Self.domain)', '\(event)', 'absence',
                extract(epoch from now())::integer + 3600, extract(epoch from now())::integer,
                convert_to('\(document)', 'UTF8'), '', 0, 'absence-\(person.number)-\(event)')
            """
        )
        try control(
            "presence.refreshWatchers",
            "sip:\(person.number)@\(Self.domain)",
            event,
            "1"
        )
    }

    /// The entity tag of a person's stored presence, and whether a vacation is in it.
    public func stored(_ person: Person) throws -> String {
        try kamailio.connect().askOne(
            """
            select concat_ws(' ', etag, convert_from(body, 'UTF8') like '%vacation%' or null)
            from presentity where username = '\(person.number)'
            """
        ).replacing(" t", with: " true")
    }

    /// Gives somebody an account.
    public func addAccount(_ user: String, password: String) throws {
        try kamailio.connect().command(
            """
            insert into subscriber (username, domain, ha1)
            values ('\(user)', '\(Self.domain)', md5('\(user):\(Self.domain):\(password)'))
            """
        )
    }

    /// The database of Kamailio's own.
    private var kamailio: TestDatabase {
        TestDatabase(cluster: cluster, name: database.name + "_kamailio")
    }

    /// What stands of a person's absences, made of a few columns.
    public func standing(_ person: Person) throws -> [String] {
        try database.connect().ask(
            """
            select concat_ws(' ', kind, reason, origin, set_by,
                to_char(ends_at at time zone 'Europe/Stockholm', 'HH24:MI'))
            from switchboard.absences where extension = '\(person.number)' order by starts_at
            """
        ).map { $0[0] }
    }
}
