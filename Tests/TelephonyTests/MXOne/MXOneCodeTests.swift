import AbsenceModel
import Foundation
import Testing

@testable import Telephony

@Suite struct MXOneCodeTests {
    private let stockholm = TimeZone(identifier: "Europe/Stockholm") ?? .gmt

    private func absence(
        _ phone: String = "101",
        from: String = "2026-11-25T08:00:00Z",
        until: String
    ) throws -> Absence {
        Absence(
            phone: phone,
            startsAt: try Date(from, strategy: .iso8601),
            endsAt: try Date(until, strategy: .iso8601),
            kind: .direct,
            reason: Reason(rawValue: "meeting")
        )
    }

    private func code(
        _ absence: Absence,
        digit: Int = 3,
        zone: String = "Europe/Stockholm",
        at instant: String = "2026-11-25T09:00:00Z"
    ) throws -> String {
        try MXOneCode.away(
            absence,
            digit: digit,
            zone: try #require(TimeZone(identifier: zone)),
            at: try Date(instant, strategy: .iso8601)
        )
    }

    /// The time is that of the extension's own wall.
    @Test(arguments: [
        ("Europe/Stockholm", "*230*101*3*1430#"), ("Europe/Helsinki", "*230*101*3*1530#"),
        ("Europe/London", "*230*101*3*1330#"),
    ])
    func tellsTheTimeOfDay(zone: String, expected: String) throws {
        #expect(try code(absence(until: "2026-11-25T13:30:00Z"), zone: zone) == expected)
    }

    @Test func endsADayWithItsLastMinute() throws {
        #expect(try code(absence(until: "2026-11-25T23:00:00Z")) == "*230*101*3*2359#")
    }

    @Test func endsAnAbsence() throws {
        #expect(try MXOneCode.back("101") == "#230*101#")
    }

    /// What would be taken for tomorrow, or for a date, is not dialled.
    @Test(arguments: [
        "2026-11-26T00:30:00Z", "2026-11-26T13:30:00Z", "2026-12-06T13:30:00Z",
        "2026-11-25T08:30:00Z", "2026-11-25T09:00:00Z", "2026-11-25T09:00:10Z",
    ])
    func dialsNoEndOfAnotherDay(until: String) throws {
        #expect(throws: MXOneCode.Unfit.self) { try code(absence(until: until)) }
    }

    @Test func dialsNoEndWithinTheMinute() throws {
        let absence = try absence(until: "2026-11-25T09:00:59Z")
        #expect(throws: MXOneCode.Unfit.self) { try code(absence, at: "2026-11-25T09:00:20Z") }
    }

    /// At three the clocks go back to two, and 02:15 has passed on the wall already.
    @Test func dialsNoTimeThatTheWallHasShown() throws {
        let absence = try absence(from: "2026-10-25T00:00:00Z", until: "2026-10-25T01:15:00Z")
        #expect(throws: MXOneCode.Unfit.self) { try code(absence, at: "2026-10-25T00:45:00Z") }
    }

    @Test func dialsNothingAhead() throws {
        let absence = try absence(from: "2026-11-25T10:00:00Z", until: "2026-11-25T11:00:00Z")
        #expect(throws: MXOneCode.Unfit.self) { try code(absence) }
    }

    @Test(arguments: [
        "1", "", "10a", "101#", "101*1", "*23*1", "1234567890123456", "１０１", "+46101",
    ])
    func dialsNothingButDigits(phone: String) throws {
        let absence = try absence(phone, until: "2026-11-25T13:30:00Z")
        #expect(throws: MXOneCode.Unfit.self) { try code(absence) }
        #expect(throws: MXOneCode.Unfit.self) { try MXOneCode.back(phone) }
    }

    @Test(arguments: [-1, 10])
    func dialsNoReasonOfTwoDigits(digit: Int) throws {
        let absence = try absence(until: "2026-11-25T13:30:00Z")
        #expect(throws: MXOneCode.Unfit.self) { try code(absence, digit: digit) }
    }
}
