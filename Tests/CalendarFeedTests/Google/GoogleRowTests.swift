import AbsenceModel
import Foundation
import Testing

@testable import CalendarFeed

@Suite struct GoogleRowTests {
    @Test func `an instance is covered alone, and its series is no single event`() {
        let row = GoogleRow(id: "m_20261123", series: "m", content: .cancelled)
        #expect(row.resource == "m/m_20261123")
        #expect(row.coverage == [.resource("m/m_20261123"), .resource("m")])
    }

    @Test func `a single event has no instances`() {
        let row = GoogleRow(id: "m", content: .outside)
        #expect(row.coverage == [.resource("m"), .collection("m/")])
    }

    @Test func `a deleted row with no more than an id may be an instance`() {
        let row = GoogleRow(id: "m_20261123T080000Z", content: .cancelled)
        #expect(
            row.coverage == [
                .resource("m_20261123T080000Z"), .collection("m_20261123T080000Z/"),
                .resource("m/m_20261123T080000Z"),
            ]
        )
    }

    @Test(arguments: [
        ("m_20261123T080000Z", "m"), ("m_20261123", "m"),
        ("m_R20261101T080000_20261123T080000Z", "m_R20261101T080000"),
        ("_60q30c1g_20261123", "_60q30c1g"),
    ])
    func `an instance's id names its series`(id: String, series: String) {
        #expect(GoogleRow.series(ofInstance: id) == series)
    }

    @Test(arguments: ["m", "_60q30c1g", "m_R20261101T080000", "_20261123", "m_2026", ""])
    func `other ids name none`(id: String) {
        #expect(GoogleRow.series(ofInstance: id) == nil)
    }

    @Test func `the row changed last holds, in whatever order they come`() {
        let old = GoogleRow(id: "e", updated: 1, content: .outside)
        let new = GoogleRow(id: "e", updated: 1.001, content: .cancelled)
        #expect(new.holds(over: old))
        #expect(!old.holds(over: new))
    }

    @Test func `of two rows of one change one holds, in whatever order they come`() {
        func row(_ start: Double) -> GoogleRow {
            GoogleRow(
                id: "e",
                updated: 1,
                content: .booking(
                    Booking(
                        key: "e",
                        resource: "e",
                        time: .timed(
                            start: Date(timeIntervalSince1970: start),
                            end: Date(timeIntervalSince1970: start + 60)
                        )
                    ),
                    note: nil
                )
            )
        }
        #expect(row(9).holds(over: row(5)))
        #expect(!row(5).holds(over: row(9)))
    }

    @Test func `a row that does not say when it was changed holds over what came before`() {
        let told = GoogleRow(id: "e", updated: 1, content: .outside)
        let untold = GoogleRow(id: "e", content: .cancelled)
        #expect(untold.holds(over: told))
        #expect(told.holds(over: untold))
    }
}

@Suite struct InternetTimeTests {
    private func instant(_ text: String) -> Double? {
        Array(text.utf8).withUnsafeBytes { InternetTime.instant($0) }
    }

    @Test(arguments: [
        ("2026-11-23T09:00:00Z", 1_795_424_400.0), ("2026-11-23T10:00:00+01:00", 1_795_424_400),
        ("2026-11-23t04:00:00-05:00", 1_795_424_400), ("2026-11-23T14:30:00+05:30", 1_795_424_400),
        ("2026-11-23T09:00:00.000Z", 1_795_424_400), ("2026-11-23T09:00:00.5z", 1_795_424_400.5),
        ("2016-12-31T23:59:60Z", 1_483_228_799), ("1970-01-01T00:00:00Z", 0),
        ("1969-12-31T23:59:59Z", -1), ("2028-02-29T00:00:00Z", 1_835_395_200),
    ])
    func `times are read`(text: String, seconds: Double) {
        #expect(instant(text) == seconds)
    }

    @Test(arguments: [
        "", "2026-11-23", "2026-11-23T09:00:00", "2026-11-23T09:00Z", "2026-02-29T09:00:00Z",
        "2026-11-23T24:00:00Z", "2026-11-23T09:60:00Z", "2026-11-23 09:00:00Z",
        "2026-11-23T09:00:00.Z", "2026-11-23T09:00:00+0100", "2026-11-23T09:00:00+24:00",
        "2026-11-23T09:00:00ZZ", "2026-11-23T09:00:00*01:00", "2O26-11-23T09:00:00Z",
        "0000-11-23T09:00:00Z", "2026-11-23T09:00:00.999",
    ])
    func `other texts are none`(text: String) {
        #expect(instant(text) == nil)
    }

    @Test func `dates are read, and nothing else`() {
        func date(_ text: String) -> String? {
            Array(text.utf8).withUnsafeBytes { InternetTime.date($0) }?.date.description
        }
        #expect(date("2026-11-23") == "2026-11-23")
        for text in ["2026-11-31", "2026-1-23", "2026-11-23T", "2026/11/23", ""] {
            #expect(date(text) == nil)
        }
    }
}
