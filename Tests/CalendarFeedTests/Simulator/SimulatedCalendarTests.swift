import CalendarFeed
import Foundation
import TestSupport
import Testing
import Web

/// The simulator's own expansion of series against that of our iCalendar reader, which has been
/// judged by others.
@Suite struct `Calendar simulator: iCalendar` {
    @Test(arguments: ["2026-11-23", "2027-03-22"])
    func `what a mailbox publishes is what the truth says`(around: String) async throws {
        let start = try #require(try? Date("\(around)T00:00:00Z", strategy: .iso8601))
        let window = start.addingTimeInterval(-7 * 86400)..<start.addingTimeInterval(70 * 86400)
        let simulator = CalendarSimulatorProcess(mailboxes: 20, around: around, hasSpecials: true)
        try await simulator.run { simulator in
            let fetcher = try HTTPFetcher()
            let mailboxes =
                (1...20).map(RunningSimulator.mailbox) + [
                    "endless@exempel.example", "emoji@exempel.example",
                ]
            for mailbox in mailboxes {
                for action in ["cancel_occurrence", "delete_occurrence", "change_series", "move"] {
                    try await simulator.change(action, mailbox: mailbox)
                }
                let truth = try await simulator.truth(window: window, mailbox: mailbox).map {
                    var booking = $0
                    if booking.sensitivity == "personal" { booking.sensitivity = "normal" }
                    return booking
                }
                let answer = try await ICSFeedSource(fetcher: fetcher).load(
                    LoadRequest(
                        address: "\(simulator.url)/simulator/ics/\(mailbox)",
                        timeZone: try #require(TimeZone(identifier: "Europe/Berlin")),
                        mailAddresses: [mailbox],
                        window: window
                    )
                )
                #expect(answer.broken == [])
                let ours = NormalisedBooking.all(in: answer, mailbox: mailbox)
                #expect(truth.count > 20)
                #expect(ours.differences(from: truth) == [])
            }
            try await fetcher.shutdown()
        }
    }
}
