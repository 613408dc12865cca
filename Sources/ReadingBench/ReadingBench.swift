import AbsenceModel
import AbsenceStore
import ArgumentParser
import CalendarFeed
import Foundation

/// Reads calendars from files as a load reads them from servers, and tells how long that took;
/// for jobs/bench.
@main
struct ReadingBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ReadingBench",
        abstract: "Reads calendars from files and tells the seconds, as JSON.",
        subcommands: [Graph.self, ICalendar.self]
    )
}

/// What is read, and for whom.
struct Period: ParsableArguments {
    @Option(help: "The first day that is read, such as 2026-11-18; midnight in UTC.")
    var from: String

    @Option(help: "How many days are read.")
    var days = 30

    func window() throws -> Range<Date> {
        guard let date = LocalDate(from) else {
            throw ValidationError("--from is a date, such as 2026-11-18")
        }
        let start = WallClock(date: date).instant(offset: 0)
        return start..<start + Double(days) * 86_400
    }

    func zone() throws -> TimeZone {
        guard let zone = TimeZone(identifier: "Europe/Stockholm") else {
            throw ValidationError("this machine knows no time zone Europe/Stockholm")
        }
        return zone
    }
}

/// Pages of Microsoft Graph, one a line, to rows of a binary COPY.
struct Graph: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "graph")

    @OptionGroup var period: Period
    @Argument(help: "A file of pages, one a line.") var pages: String

    func run() throws {
        let text = [UInt8](try Data(contentsOf: URL(filePath: pages)))
        let pages = text.split(separator: 0x0A).map { [UInt8]($0) }
        let (window, zone) = (try period.window(), try period.zone())
        try measured {
            var tally = Tally()
            for page in pages {
                try tally.add(GraphReading.bookings(in: page, window: window, timeZone: zone))
            }
            return tally
        }
    }
}

/// Folders of iCalendar files, a folder a calendar, to bookings of the period.
struct ICalendar: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "icalendar")

    @OptionGroup var period: Period
    @Argument(help: "A folder with a folder for each calendar.") var folder: String

    func run() async throws {
        let root = URL(filePath: folder)
        let calendars = try FileManager.default.contentsOfDirectory(atPath: root.path()).sorted()
        let (window, zone) = (try period.window(), try period.zone())
        let source = ICSFolderSource(root: root)
        try await measured {
            var tally = Tally()
            for calendar in calendars {
                let request = LoadRequest(address: calendar, timeZone: zone, window: window)
                let answer = try await source.load(request)
                tally.broken += answer.broken.count
                try tally.add(answer.bookings)
            }
            return tally
        }
    }
}

/// What came of a reading: the same of every reader that reads right.
struct Tally: Encodable {
    var bookings = 0
    /// The sum of all starts, in seconds since 1970.
    var starts = 0
    /// The bytes of all subjects.
    var subjects = 0
    /// The bytes of the rows as COPY takes them.
    var copied = 0
    var broken = 0
    var seconds = 0.0

    mutating func add(_ bookings: [Booking]) throws {
        self.bookings += bookings.count
        for booking in bookings {
            if case .timed(let start, _) = booking.time {
                starts += Int(start.timeIntervalSince1970)
            }
            subjects += booking.subject?.utf8.count ?? 0
        }
        copied += try LoadBatch.copiedByteCount(of: bookings)
    }
}

private func measured(_ read: () async throws -> Tally) async throws {
    let clock = ContinuousClock()
    let begin = clock.now
    try show(try await read(), seconds: (clock.now - begin) / .seconds(1))
}

private func measured(_ read: () throws -> Tally) throws {
    let clock = ContinuousClock()
    let begin = clock.now
    try show(try read(), seconds: (clock.now - begin) / .seconds(1))
}

private func show(_ tally: Tally, seconds: Double) throws {
    var tally = tally
    tally.seconds = seconds
    print(String(decoding: try JSONEncoder().encode(tally), as: UTF8.self))
}
