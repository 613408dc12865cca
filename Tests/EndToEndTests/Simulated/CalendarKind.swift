import Foundation
import TestSupport
import Testing

/// A calendar system that the simulator plays.
enum CalendarKind: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case graph, ews, google

    var testDescription: String { rawValue }

    /// The source `cal` of a customer file.
    func settings(of simulator: RunningSimulator) -> String {
        switch self {
        case .graph:
            """
            - name: cal
              kind: graph
              tenant: exempel.example
              client: kalenderkoppling
              secret_file: secret
              url: \(simulator.url)/v1.0
              login_url: \(simulator.url)
              choice_property: "String {00020329-0000-0000-C000-000000000046} Name Choice"
              timeout: 10
            """
        case .ews:
            """
            - name: cal
              kind: ews
              url: \(simulator.url)/EWS/Exchange.asmx
              auth: basic
              user: service@exempel.example
              password_file: secret
              choice_property: PublicStrings/KalenderkopplingChoice
              timeout: 10
            """
        case .google:
            """
            - name: cal
              kind: google
              key_file: google-key.json
              url: \(simulator.url)/calendar/v3
              choice_property: kalenderkoppling
              timeout: 10
            """
        }
    }
}

extension CalendarKind {
    /// Whether a booking, as `USER START …`, begins well within the window of a load: at its
    /// edges each system has its own idea of whole days.
    static func isCompared(_ booking: String) -> Bool {
        let start = booking.drop { $0 != " " }.dropFirst().prefix { $0 != " " }
        return start >= "2026-11-17" && start < "2026-12-26"
    }
}

extension Office {
    /// Opens with users whose calendars the simulator plays; their keys are `user1` and so on.
    func open(
        _ kind: CalendarKind,
        of simulator: RunningSimulator,
        users: [String],
        rules: String = Office.plainRules
    ) async throws {
        try write("secret-of-tests\n", to: "secret")
        if kind == .google {
            let key = String(decoding: try await simulator.googleKey(), as: UTF8.self)
            try write(key, to: "google-key.json")
        }
        try await open(kind.settings(of: simulator), users: users, rules: rules) { user in
            "cal:\(user)@exempel.example"
        }
    }

    /// Opens with users who have one calendar each, at `address`, and a mail address.
    func open(
        _ calendars: String,
        users: [String],
        rules: String,
        address: (String) -> String
    ) async throws {
        try write(
            """
            customer: prov
            name: Provbolaget
            system: one-x
            timezone: Europe/Stockholm
            rules:
              \(rules.replacing("\n", with: "\n  "))
            calendars:
              \(calendars.replacing("\n", with: "\n  "))
            limits: { withdrawn_share: 1, withdrawn_count: 100000 }

            """,
            to: "customer.yaml"
        )
        let rows = users.enumerated().map { number, user in
            "\(user),\(user),\(4001 + number),\(address(user)),calendar diversion,"
                + "\(user)@exempel.example\n"
        }
        try write(
            "key,name,extension,calendar,services,mail\n" + rows.joined(),
            to: "roster.csv"
        )
        try await run("customer", "apply", "customer.yaml")
        try await run("roster", "import", "roster.csv")
    }

    static let plainRules = "show_as: { busy: { reason: meeting, kind: open } }"

    /// What is stored of bookings, as the truth tells it, without their text, sorted.
    func storedBookings(of user: String? = nil) async throws -> [String] {
        try await rows(
            """
            select concat_ws(' ', user_key,
                coalesce(start_date::text, to_char(starts_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"')),
                coalesce(end_date::text, to_char(ends_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"')),
                show_as, sensitivity, response, case when is_cancelled then 'cancelled' end)
            from calendar.bookings inner join roster.users using (customer_id, user_id)
            \(user.map { "where user_key = '\($0)'" } ?? "")
            order by 1
            """
        ).filter { CalendarKind.isCompared($0) }.sorted()
    }
}

extension RunningSimulator {
    /// What the mailboxes hold in the window of a load at ``Office/now``, as
    /// ``Office/storedBookings(of:)`` tells it.
    func bookings(_ kind: CalendarKind, of users: [String]) async throws -> [String] {
        let events = try await truth(
            window: Office.loadWindow,
            mailbox: users.count == 1 ? "\(users[0])@exempel.example" : nil
        )
        return events.compactMap { event in
            let user = String(event.mailbox.prefix { $0 != "@" })
            guard users.contains(user) else { return nil }
            // Google tells what is cancelled as it tells what is gone.
            if kind == .google, event.isCancelled { return nil }
            let sensitivity =
                kind == .google && event.sensitivity == "personal" ? "normal" : event.sensitivity
            // Of private bookings no more is kept (design principle 10; domain P-1).
            let isUnused = ["private", "confidential"].contains(sensitivity)
            var words = [user, event.start, event.end]
            if !isUnused { words.append(event.showAs) }
            words.append(sensitivity)
            if !isUnused || event.response == "declined" { words.append(event.response) }
            if event.isCancelled { words.append("cancelled") }
            return words.joined(separator: " ")
        }.filter { CalendarKind.isCompared($0) }.sorted()
    }
}

extension Office {
    /// What a load at ``now`` reads with the rules' own horizon of 30 days.
    static let loadWindow: Range<Date> = {
        // Office.now
        let begin = Date(timeIntervalSince1970: 1_795_417_200)
        return begin.addingTimeInterval(-8 * 86400)..<begin.addingTimeInterval(34 * 86400)
    }()
}
