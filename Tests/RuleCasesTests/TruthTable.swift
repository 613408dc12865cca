import AbsenceModel
import Foundation
import Web

/// What rules of the template `cmg` make of every kind of booking.
enum TruthTable {
    /// Who set rules.
    enum Level: String, CaseIterable {
        case template, administrator, user

        /// What is told above the rows.
        var heading: String {
            switch self {
            case .template: "Template: the rules of cmg, and no user has own ones"
            case .administrator: "Administrator: rules.show_as \(table)"
            case .user: "User: rules.show_as \(table)\n      preferences \(preferences)"
            }
        }

        private var table: String { (Self.tables[self] ?? []).joined(separator: ", ") }

        /// What the administrator's table says, as in a customer file.
        var rules: String { "{ show_as: { \(table) } }" }

        /// Every value differs from the template's. Beside a user's own rules free and tentative
        /// are the template's, which skips them: what is skipped a user may ask for.
        private static let tables: [Level: [String]] = [
            .administrator: skipping + [
                "free: { reason: lunch, kind: information }",
                "tentative: { reason: course, kind: open }",
            ],
            .user: skipping,
        ]

        private static let skipping = [
            "busy: { reason: external_meeting, kind: open }", "out_of_office: skip",
            "working_elsewhere: { reason: errand, kind: information }",
        ]

        var preferences: String {
            self == .user
                ? "{ private: true, free: true, tentative: true, "
                    + "show_as: { busy: { reason: do_not_disturb, kind: direct }, "
                    + "out_of_office: { reason: away, kind: information }, "
                    + "working_elsewhere: skip } }" : "{}"
        }
    }

    /// What stands in the subject.
    enum Code: String, CaseIterable {
        case none, known, unknown

        var subject: String {
            switch self {
            case .none: "Budget"
            case .known: "NP/S: Budget"
            case .unknown: "NP/X: Budget"
            }
        }
    }

    /// A kind of booking.
    struct Question {
        var key: String
        var code: Code
        var showAs: Booking.ShowAs
        var sensitivity: Booking.Sensitivity
        var response: Booking.Response
        var isAllDay: Bool

        var booking: Booking {
            let time: Booking.Time =
                isAllDay
                ? .allDay(
                    start: LocalDate(year: 2026, month: 11, day: 24),
                    end: LocalDate(year: 2026, month: 11, day: 25)
                )
                : .timed(
                    // 09:00 to 10:00 in Stockholm on the same day.
                    start: Date(timeIntervalSince1970: 1_795_507_200),
                    end: Date(timeIntervalSince1970: 1_795_510_800)
                )
            return Booking(
                key: key,
                resource: key,
                time: time,
                showAs: showAs,
                sensitivity: sensitivity,
                response: response,
                subject: code.subject
            )
        }
    }

    /// All kinds of bookings, in the order of the table.
    static let questions: [Question] = {
        var questions: [Question] = []
        for code in Code.allCases {
            for showAs in Booking.ShowAs.allCases {
                for sensitivity in Booking.Sensitivity.allCases {
                    for response in Booking.Response.allCases {
                        for isAllDay in [false, true] {
                            questions.append(
                                Question(
                                    key: "q\(questions.count + 1)",
                                    code: code,
                                    showAs: showAs,
                                    sensitivity: sensitivity,
                                    response: response,
                                    isAllDay: isAllDay
                                )
                            )
                        }
                    }
                }
            }
        }
        return questions
    }()

    /// What became of a booking.
    struct Answer {
        /// Of the absence; nil where there is none.
        var reason: String?
        var kind: String?
        /// What decided, or why there is nothing.
        var because: String
    }

    static let header = line(
        "code",
        "show as",
        "sensitivity",
        "response",
        "time",
        "reason",
        "kind",
        "because of"
    )

    static func line(_ question: Question, _ answer: Answer) -> String {
        line(
            question.code.rawValue,
            question.showAs.rawValue,
            question.sensitivity.rawValue,
            question.response.rawValue,
            question.isAllDay ? "all day" : "timed",
            answer.reason ?? "nothing",
            answer.kind ?? "",
            answer.because
        )
    }

    private static func line(_ cells: String...) -> String {
        let widths = [7, 17, 12, 13, 7, 16, 11, 0]
        let padded = zip(cells, widths).map { cell, width in
            cell + String(repeating: " ", count: max(0, width - cell.count))
        }
        return padded.joined(separator: "  ")
    }
}
