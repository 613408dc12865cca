import Testing

@testable import CalendarFeed

@Suite struct WallTimeTests {
    @Test(arguments: [
        (1601, 1, 1, "16010101"), (1970, 1, 1, "19700101"), (1969, 12, 31, "19691231"),
        (2000, 2, 29, "20000229"), (2024, 2, 29, "20240229"), (2026, 12, 31, "20261231"),
        (2400, 2, 29, "24000229"),
    ])
    func `a date comes back from its seconds`(
        year: Int,
        month: Int,
        day: Int,
        text: String
    ) throws {
        let wall = try #require(
            WallTime(year: year, month: month, day: day, hour: 13, minute: 5, second: 9)
        )
        #expect(wall.dateText == text)
        #expect(wall.dateTimeText == text + "T130509")
        #expect(wall.midnight.isMidnight)
        #expect(wall.midnight.dateText == text)
    }

    @Test func `days follow one another over four hundred years`() throws {
        var wall = try #require(WallTime(year: 1899, month: 12, day: 31))
        for year in 1900...2300 {
            for month in 1...12 {
                for day in 1...WallTime.dayCount(ofMonth: month, year: year) {
                    wall = wall + WallTime.secondsPerDay
                    #expect(wall == WallTime(year: year, month: month, day: day))
                }
            }
        }
    }

    @Test(arguments: [
        "20261301", "20260230", "20261100", "20260001", "2026111", "202611230", "20261123T",
        "20261123T13000Z", "20261123T240000", "20261123T086000", "20261123T080000X",
        "20261123T080000ZZ", "20261123 080000", "2026-11-23", "", "T080000", "20261123Z",
        "20261123T0800", "+0261123",
    ])
    func `what is no date is refused`(text: String) {
        #expect(DateText(text.utf8) == nil)
    }

    @Test func `dates and times are read`() throws {
        let date = try #require(DateText("20261123".utf8))
        #expect(date.wall.dateTimeText == "20261123T000000")
        #expect(!date.hasTime && !date.isUTC)
        let local = try #require(DateText("20261123T080910".utf8))
        #expect(local.wall.dateTimeText == "20261123T080910")
        #expect(local.hasTime && !local.isUTC)
        #expect(try #require(DateText("20261123t080910z".utf8)).isUTC)
        // A leap second.
        #expect(DateText("20161231T235960Z".utf8)?.wall.dateTimeText == "20161231T235959")
    }
}
