import AbsenceModel
import Announcements
import Foundation
import TestSupport
import Testing

/// What callers are told, word for word.
@Suite struct WordingTests {
    /// A Wednesday.
    private static let today = LocalDate(year: 2026, month: 11, day: 25)

    /// Those of domain.md part 3, and one of a customer's own.
    private static let reasons = [
        "meeting", "external_meeting", "errand", "business_trip", "course", "lunch", "back_soon",
        "busy", "do_not_disturb", "unavailable", "gone_for_the_day", "time_off", "vacation",
        "leave", "sick", "sick_child", "away", "fair",
    ]

    private static let returnTimes = [
        "2026-11-24T17:00", "2026-11-25T00:00", "2026-11-25T00:30", "2026-11-25T01:00",
        "2026-11-25T08:00", "2026-11-25T09:05", "2026-11-25T10:10", "2026-11-25T11:21",
        "2026-11-25T12:00", "2026-11-25T12:01", "2026-11-25T12:30", "2026-11-25T13:00",
        "2026-11-25T14:45", "2026-11-25T17:59", "2026-11-25T18:00", "2026-11-25T21:00",
        "2026-11-25T23:59", "2026-11-26T00:00", "2026-11-26T08:00", "2026-11-27T13:30",
        "2026-11-28T00:00", "2026-12-01T09:00", "2026-12-02T09:00", "2026-12-24T00:00",
        "2027-01-01T08:00", "2027-11-24T08:00", "2027-11-25T08:00", "2031-08-21T12:00",
        "2099-12-31T12:00", "2100-01-01T00:00", "9999-12-31T00:00",
    ]

    private func told(
        _ language: SpokenLanguage,
        _ reason: String,
        _ returnTime: String?,
        name: String = "Anna Svensson"
    ) -> String {
        Announcement.absence(
            of: name,
            because: Reason(rawValue: reason),
            until: returnTime.flatMap { WallClock($0) },
            today: Self.today,
            in: language
        ).text
    }

    @Test func `the golden table of reasons and return times`() throws {
        var lines: [String] = []
        for language in SpokenLanguage.allCases {
            lines += ["# \(language.rawValue), every reason"]
            for reason in Self.reasons {
                for time in [nil, "2026-11-25T12:30", "2026-11-26T00:00", "2026-11-27T08:00"] {
                    lines.append("\(reason) \(time ?? "-"): \(told(language, reason, time))")
                }
            }
            lines += ["", "# \(language.rawValue), every return time"]
            for time in Self.returnTimes {
                lines.append("\(time): \(told(language, "vacation", time, name: ""))")
            }
            for time in Self.returnTimes {
                lines.append("\(time): \(told(language, "gone_for_the_day", time, name: "Åsa"))")
            }
            lines.append("")
        }
        let table = lines.joined(separator: "\n")
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../Golden/wording.txt")
        #expect(try GoldenFile.text(file, insteadOf: table) == table)
    }

    @Test(arguments: SpokenLanguage.allCases)
    func `no two return times are told alike`(_ language: SpokenLanguage) {
        let clock = (0..<1_440).map { minute in
            WallClock(date: Self.today, hour: minute / 60, minute: minute % 60)
        }
        let days = (1...365 * 3).map { day in
            WallClock(
                date: LocalDate(daysSince1970: Self.today.daysSince1970 + day),
                hour: 8
            )
        }
        let told = (clock.dropFirst() + days).map { time in
            Announcement.absence(
                of: "",
                because: Reason(rawValue: "meeting"),
                until: time,
                today: Self.today,
                in: language
            ).text
        }
        #expect(Set(told).count == told.count)
        #expect(told.joined().allSatisfy { !$0.isNumber })
    }

    @Test(arguments: SpokenLanguage.allCases)
    func `of sick leave and of reasons unknown nothing is told`(_ language: SpokenLanguage) {
        let nothing = told(language, "unavailable", "2026-11-27T08:00")
        for reason in ["sick", "sick_child", "fair", "", "Sick", "'; drop table"] {
            #expect(told(language, reason, "2026-11-27T08:00") == nothing)
        }
    }

    @Test(arguments: [
        ("sv_SE", SpokenLanguage.swedish), ("nb_NO", .norwegian), ("nn_NO", .norwegian),
        ("no", .norwegian), ("en_GB", .english), ("en-US", .english), ("SV", .swedish),
    ])
    func `locales`(_ locale: String, _ language: SpokenLanguage) {
        #expect(SpokenLanguage(locale: locale) == language)
    }

    @Test func `there are locales that nobody speaks here`() {
        #expect(SpokenLanguage(locale: "fi_FI") == nil)
        #expect(SpokenLanguage(locale: "") == nil)
    }

    @Test(arguments: SpokenLanguage.allCases)
    func `every part of every announcement can be recorded`(_ language: SpokenLanguage) {
        let catalogue = Set(PromptCatalogue.prompts(in: language))
        #expect(catalogue.allSatisfy { $0.key != nil && !$0.text.isEmpty })
        for reason in Self.reasons {
            for time in Self.returnTimes {
                let announcement = Announcement.absence(
                    of: "",
                    because: Reason(rawValue: reason),
                    until: WallClock(time),
                    today: Self.today,
                    in: language
                )
                #expect(catalogue.isSuperset(of: announcement.prompts))
            }
        }
    }
}
