import AbsenceStore
import ArgumentParser
import Foundation

/// How `check --watch` prints what it finds.
enum WatchFormat: String, ExpressibleByArgument, CaseIterable {
    case nagios, table, json, csv
}

/// `check --watch`: the alarms, printed and told by an exit status as monitors want it.
///
/// As the Monitoring Plugins' guidelines have it: one line with the state and how many there are,
/// figures behind a bar, then a line each. 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN.
struct WatchedAlarms {
    var alarms: [Alarm]

    enum State: Int32 {
        case ok = 0
        case warning = 1
        case critical = 2
        case unknown = 3

        var word: String { "\(self)".uppercased() }
    }

    var state: State {
        alarms.contains { $0.severity == .critical } ? .critical : alarms.isEmpty ? .ok : .warning
    }

    func text(_ format: WatchFormat) throws -> String {
        switch format {
        case .nagios: nagios
        case .table: alarms.isEmpty ? "nothing to look at" : table.text
        case .json: try table.text(.json)
        case .csv: table.csv
        }
    }

    /// What a monitor reads where nothing could be found out.
    static func unknown(_ problem: String) -> String {
        line(.unknown, problem)
    }

    private var nagios: String {
        let critical = alarms.count { $0.severity == .critical }
        let warnings = alarms.count - critical
        let summary =
            alarms.isEmpty ? "nothing to look at" : "\(critical) critical, \(warnings) warnings"
        // Both are too many from the first on: `value;warn;crit;min`.
        let figures = "critical=\(critical);;0;0 warnings=\(warnings);0;;0"
        let lines = alarms.map { alarm in
            let since = alarm.since.map { " since \($0.formatted(.iso8601))" } ?? ""
            return Self.plain(
                "\(alarm.severity.rawValue.uppercased()) \(alarm.customerKey ?? "database")"
                    + " \(alarm.alarm): \(alarm.about)\(since): \(alarm.detail)"
            )
        }
        return (["\(Self.line(state, summary)) | \(figures)"] + lines).joined(separator: "\n")
    }

    private static func line(_ state: State, _ text: String) -> String {
        "KALENDERKOPPLING \(state.word): \(plain(text))"
    }

    /// Without what means something to a monitor.
    private static func plain(_ text: String) -> String {
        text.replacing("|", with: "/").replacing("\n", with: " ")
    }

    private var table: Table {
        Table(
            header: ["severity", "customer", "alarm", "about", "since", "detail"],
            rows: alarms.map { alarm in
                [
                    alarm.severity.rawValue, alarm.customerKey ?? "", alarm.alarm, alarm.about,
                    alarm.since.map { $0.formatted(.iso8601) } ?? "", alarm.detail,
                ]
            }
        )
    }
}
