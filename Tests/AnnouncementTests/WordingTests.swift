import AbsenceModel
import Announcements
import Testing

@Suite struct WordingTests {
    @Test func `a meeting until noon`() {
        let announcement = Announcement.absence(
            of: "Anna Svensson",
            because: Reason(rawValue: "meeting"),
            until: WallClock("2026-11-25T12:00"),
            today: LocalDate(year: 2026, month: 11, day: 25),
            in: .swedish
        )
        #expect(announcement.text == "Anna Svensson är i möte till klockan tolv.")
    }
}
