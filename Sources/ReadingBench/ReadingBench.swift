import AbsenceModel
import AbsenceStore
import ArgumentParser
import CalendarFeed
import Foundation
import Web

/// Reads calendars from files as a load reads them from servers, and tells how long that took; for
/// jobs/bench.
@main
struct ReadingBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ReadingBench",
        abstract: "Reads calendars from files and tells the seconds of the processor, as JSON."
    )

    enum Kind: String, ExpressibleByArgument {
        /// Pages of Microsoft Graph.
        case graph
        case icalendar
    }

    @Argument(help: "What the files hold: graph or icalendar.") var kind: Kind
    @Argument(help: "The first day that is read, such as 2026-11-18; midnight in UTC.")
    var firstDay: String
    @Argument(help: "How many days are read.") var days: Int
    @Argument(help: "A folder of files.") var folder: String

    func run() throws {
        guard let date = LocalDate(firstDay), let zone = TimeZone(identifier: "Europe/Stockholm")
        else { throw ValidationError("the first day is a date, such as 2026-11-18") }
        let start = WallClock(date: date).instant(offset: 0)
        let window = start..<start + Double(days) * 86_400
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted().map {
            try content(of: folder + "/" + $0)
        }
        let read =
            switch kind {
            case .graph: GraphReading.bookings
            case .icalendar: ICalendarReading.bookings
            }

        var tally = Tally()
        let begin = secondsOfProcessor()
        for file in files {
            tally.add(try read(file, window, zone))
        }
        tally.seconds = secondsOfProcessor() - begin
        print(String(decoding: try JSONEncoder().encode(tally), as: UTF8.self))
    }

    /// The bytes of a file with room behind them, as those of an answer have.
    private func content(of path: String) throws -> [UInt8] {
        let data = try Data(contentsOf: URL(filePath: path))
        var bytes: [UInt8] = []
        bytes.reserveCapacity(data.count + JSONReader.padding)
        bytes += data
        return bytes
    }

    private func secondsOfProcessor() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

/// What came of a reading: the same of every reader that reads right.
private struct Tally: Encodable {
    var bookings = 0
    /// The sum of all starts, in seconds since 1970.
    var starts = 0
    /// The bytes of all subjects.
    var subjects = 0
    /// The bytes of the rows as COPY takes them.
    var copied = 0
    var seconds = 0.0

    mutating func add(_ bookings: [Booking]) {
        self.bookings += bookings.count
        bookings.withUnsafeBufferPointer { bookings in
            for index in bookings.indices {
                if case .timed(let start, _) = bookings[index].time {
                    starts += Int(start.timeIntervalSince1970)
                }
                subjects += bookings[index].texts.withBytes(of: .subject) { $0?.count ?? 0 }
            }
        }
        copied += LoadBatch.copiedByteCount(of: bookings)
    }
}
