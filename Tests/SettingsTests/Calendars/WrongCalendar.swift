import Foundation
import Settings
import Testing

/// A customer file with one calendar, on line 6.
func customerFile(calendar: String, groups: String? = nil) -> Data {
    let groupLines = groups.map { "groups:\n  - \($0)" } ?? ""
    return Data(
        text: """
            customer: c
            name: C
            system: one-x
            timezone: Europe/Oslo
            calendars:
              - \(calendar)
            \(groupLines)
            """
    )
}

/// The problems of `calendar`, a line each; the place in front of them is left out.
func problems(ofCalendar calendar: String) -> String {
    problems { try CustomerFile(customerFile(calendar: calendar), file: "c") }
        .replacing("c:6: calendars[a]", with: "")
}

/// The calendar as it is read.
func calendar(_ text: String) throws -> CalendarSettings {
    let file = try CustomerFile(customerFile(calendar: text), file: "c")
    return file.calendars[0]
}
