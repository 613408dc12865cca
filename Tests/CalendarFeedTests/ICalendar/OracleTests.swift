import AbsenceModel
import Foundation
import Testing

@testable import CalendarFeed

/// The reader against another one: Python's recurring-ical-events, which expands by dateutil.
@Suite struct OracleTests {
    private static let python = ProcessInfo.processInfo.environment["KK_PYTHON"]

    @Test(
        .enabled(
            if: python != nil,
            """
            KK_PYTHON is not set. It names a Python with icalendar==7.3.0 and \
            recurring-ical-events==3.8.2 (python3 -m venv; pip install).
            """
        ),
        arguments: [20_261_123, 1]
    )
    func `three hundred series of Outlook and Google are expanded as Python does`(
        seed: UInt64
    ) async throws {
        var generator = SeriesGenerator(seed: seed)
        var texts: [String: String] = [:]
        var events: [String] = []
        for number in 0..<300 {
            let lines = generator.series("s\(number)")
            texts["s\(number)"] = lines.joined(separator: "\n")
            events += lines
        }
        let text =
            (["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//a//b//EN"] + events)
            .joined(separator: "\r\n") + "\r\nEND:VCALENDAR\r\n"
        let window = ("20260101T000000", "20270601T000000")
        let sample = ICalendarSample().with { $0.window = window }
        let content = try sample.reader.read(Array(text.utf8), resource: "r.ics")
        #expect(content.broken == [])

        let ours = Dictionary(grouping: content.bookings) { booking in
            String(booking.key.prefix { $0 != "/" })
        }.mapValues { bookings in bookings.map(\.time.text).sorted() }
        let theirs = try expand(text, from: window.0, to: window.1)
        #expect(theirs.values.joined().count > 5000)
        for (uid, series) in texts {
            let own = startsWhere(theirs[uid], ours[uid] ?? [])
            let other = startsWhere(theirs[uid], theirs[uid] ?? [])
            #expect(
                own == other,
                """
                \(series)
                ours alone: \(Set(own).subtracting(other).sorted().prefix(5))
                theirs alone: \(Set(other).subtracting(own).sorted().prefix(5))
                """
            )
        }
    }

    /// The times, of which only the start is kept where Python ends one before it starts: at
    /// 02:30 in a night when the clock jumps from two to three. Ours then lasts as long as it
    /// should.
    private func startsWhere(_ theirs: [String]?, _ times: [String]) -> [String] {
        let backward = (theirs ?? []).map { $0.split(separator: "/") }.filter { $0[1] < $0[0] }
        let starts = Set(backward.map { $0[0] })
        return times.map { time in
            starts.first { time.hasPrefix($0) }.map(String.init) ?? time
        }
    }

    /// The occurrences that Python finds, by UID.
    private func expand(
        _ text: String,
        from start: String,
        to end: String
    ) throws -> [String: [String]] {
        let file = FileManager.default.temporaryDirectory
            .appending(path: "kalenderkoppling-oracle-\(UUID().uuidString).ics")
        try Data(text.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let script = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "oracle/expand.py")
        let process = Process()
        process.executableURL = URL(filePath: try #require(Self.python))
        process.arguments = [script.path, file.path, start + "Z", end + "Z"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let lines = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return String(decoding: lines, as: UTF8.self).split(separator: "\n")
            .map { $0.split(separator: " ").map(String.init) }
            .reduce(into: [String: [String]]()) {
                $0[$1[0], default: []].append($1[1] + "/" + $1[2])
            }
            .mapValues { $0.sorted() }
    }
}
