import AbsenceModel
import AbsenceStore
import ArgumentParser
import Foundation

/// `away`: who is away now, and who is next.
struct AwayCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "away",
        abstract: "Who is away now, and who is next.",
        discussion: """
            As the telephone side acknowledged it, with what people set themselves.

            EXAMPLE: kalenderkoppling away --customer exempel
            """
    )

    @Option(help: "How many of the next ones to show.")
    var next = 10

    @Option(help: "How to print it: table, json or csv.")
    var format: OutputFormat = .table

    @OptionGroup var options: CustomerOptions
    var outputOptions: OutputOptions { options.output }

    func run(in session: Session) async throws {
        let customer = try session.customer(options.customer)
        let now = session.now()
        let times = WallTimes(customer.timeZone)
        let labels = try session.store.labels(of: customer, language: customer.language)
        let absences = try session.store.placedAbsences(of: customer, endingAfter: now)
        let away = absences.filter { $0.startsAt <= now }
        let ahead = absences.filter { $0.startsAt > now }.prefix(next)
        func table(_ absences: some Sequence<PhoneAbsence>) -> Table {
            var table = Table(
                header: ["phone", "name", "reason", "kind", "when", "back", "text", "made by"]
            )
            table.rows = absences.map {
                [
                    $0.phone, $0.name, labels[$0.reason] ?? $0.reason, $0.kind.rawValue,
                    times.stretch($0.startsAt, $0.endsAt), times.minute($0.backAt),
                    $0.shownText ?? "", $0.origin,
                ]
            }
            return table
        }
        switch format {
        case .table:
            print("Away now, \(times.minute(now)): \(away.count)")
            if !away.isEmpty { print(table(away).text) }
            print("\nNext: \(ahead.count)")
            if !ahead.isEmpty { print(table(ahead).text) }
        case .csv:
            var table = Table(header: AwayRow.names)
            table.rows = (away + ahead).map { AwayRow($0, isNow: $0.startsAt <= now).fields }
            print(table.csv)
        case .json:
            let encoder = JSONEncoder()
            encoder.dateEncodingStrategy = .iso8601
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            let rows = (away + ahead).map { AwayRow($0, isNow: $0.startsAt <= now) }
            print(String(decoding: try encoder.encode(rows), as: UTF8.self))
        }
    }
}

/// An absence as `away` prints it for programs.
private struct AwayRow: Encodable {
    var user: String
    var name: String
    var phone: String
    var reason: String
    var kind: String
    var starts_at: Date
    var ends_at: Date
    var back_at: Date
    var shown_text: String?
    var origin: String
    var is_now: Bool

    init(_ absence: PhoneAbsence, isNow: Bool) {
        user = absence.userKey
        name = absence.name
        phone = absence.phone
        reason = absence.reason
        kind = absence.kind.rawValue
        starts_at = absence.startsAt
        ends_at = absence.endsAt
        back_at = absence.backAt
        shown_text = absence.shownText
        origin = absence.origin
        is_now = isNow
    }

    static let names = [
        "user", "name", "phone", "reason", "kind", "starts_at", "ends_at", "back_at",
        "shown_text", "origin", "is_now",
    ]

    /// In the order of ``names``.
    var fields: [String] {
        [
            user, name, phone, reason, kind, starts_at.formatted(.iso8601),
            ends_at.formatted(.iso8601), back_at.formatted(.iso8601), shown_text ?? "", origin,
            "\(is_now)",
        ]
    }
}
