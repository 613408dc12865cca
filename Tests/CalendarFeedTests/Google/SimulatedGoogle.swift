import CalendarFeed
import Foundation
import TestSupport
import Testing
import Web

/// GoogleSource against the simulator.
struct SimulatedGoogle: Sendable {
    var simulator: RunningSimulator
    var source: GoogleSource

    /// The private extended property that holds choices in the simulator.
    static let choiceProperty = "kalenderkoppling"

    static func run(
        _ process: CalendarSimulatorProcess,
        userPerMinute: Int = 600,
        now: @escaping @Sendable () -> Date = { Date() },
        _ body: (SimulatedGoogle) async throws -> Void
    ) async throws {
        try await process.run { simulator in
            try await withFetcher({
                $0.connectionsPerHost = 16
                $0.retry.attempts = 4
                $0.retry.firstWait = .milliseconds(10)
            }) { fetcher in
                let key = try await fetcher.send(
                    HTTPRequest(
                        url: simulator.url.appending(path: "simulator/google-key").absoluteString
                    )
                )
                let source = try GoogleSource(
                    endpoint: simulator.url.appending(path: "calendar/v3"),
                    key: try GoogleServiceAccount(key.body),
                    fetcher: fetcher,
                    choiceProperty: choiceProperty,
                    userPerMinute: userPerMinute,
                    now: now
                )
                try await body(SimulatedGoogle(simulator: simulator, source: source))
            }
        }
    }

    /// Loads the mailboxes side by side, and takes the answers in.
    func load(_ mailboxes: [String], into stored: inout [String: StoredCalendar]) async throws {
        let before = stored
        let answers = try await withThrowingTaskGroup(of: (String, LoadAnswer).self) { group in
            for mailbox in mailboxes {
                group.addTask {
                    let request = LoadRequest(mailbox, after: before[mailbox])
                    return (mailbox, try await source.load(request))
                }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        for (mailbox, answer) in answers {
            stored[mailbox, default: StoredCalendar()].take(answer)
        }
    }

    /// What Google can say of the truth: cancelled bookings are gone, personal ones normal.
    func truth(_ mailboxes: [String]) async throws -> [NormalisedBooking] {
        let all = try await simulator.truth(window: Event.window)
        return all.filter { mailboxes.contains($0.mailbox) && !$0.isCancelled }.map { booking in
            var booking = booking
            if booking.sensitivity == "personal" { booking.sensitivity = "normal" }
            return booking
        }
    }
}

extension [String: StoredCalendar] {
    var normalised: [NormalisedBooking] {
        flatMap { mailbox, calendar in
            calendar.bookings.map { NormalisedBooking($0, mailbox: mailbox) }
        }.inOrder
    }
}

/// Google's own client for Python.
struct GoogleJudge {
    static let python = ProcessInfo.processInfo.environment["KK_PYTHON"]

    var simulator: RunningSimulator
    var mailboxes: [String]
    let state = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).json")

    /// Runs the script in a mode, and hands out what it prints.
    func run(_ mode: String) throws -> [UInt8] {
        let process = Process()
        process.executableURL = URL(filePath: try #require(Self.python))
        let script = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "judges/google_calendar.py")
        process.arguments =
            [
                script.path(), mode, simulator.url.absoluteString,
                Event.window.lowerBound.ISO8601Format(), Event.window.upperBound.ISO8601Format(),
                state.path(),
            ] + mailboxes
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return Array(text)
    }

    func end() {
        try? FileManager.default.removeItem(at: state)
    }
}
