import CalendarFeed
import Foundation
import TestSupport
import Testing

/// Fifty mailboxes as the simulator has them, as exchangelib reads them and as we do.
@Suite struct `EWSSource: judged by exchangelib` {
    private static let python = ProcessInfo.processInfo.environment["KK_PYTHON"]
    private static let noPython: Comment = "KK_PYTHON names no Python with exchangelib==5.6.0"
    private static let mailboxes = (1...50).map(RunningSimulator.mailbox)

    @Test func `fifty mailboxes are read as they are`() async throws {
        try await CalendarSimulatorProcess(mailboxes: 50).run { simulator in
            let truth = try await simulator.truth(window: EWSSample.window)
            #expect(truth.count > 1_500)
            try await EWSSample.withSource(EWSSample.endpoint(simulator)) { source in
                let read = try await EWSSample.bookings(source, mailboxes: Self.mailboxes)
                #expect(read.differences(from: truth) == [])
                #expect(read.count == truth.count)
            }
            let counts = try await simulator.counts()
            #expect(counts.breaches == [:])
            // One for the state, one for the list, and one for each ten bookings or part of them.
            let least = 50 * 2 + truth.count / 10
            #expect(least..<(least + 50 * 2) ~= counts.requests["ews"] ?? 0)
        }
    }

    @Test(.enabled(if: python != nil, noPython), arguments: ["basic", "ntlm"])
    func `exchangelib reads what is there, by password and by NTLM`(_ auth: String) async throws {
        let python = try #require(Self.python)
        try await CalendarSimulatorProcess(mailboxes: 50).run { simulator in
            let read = try await judgement(
                python,
                of: simulator,
                auth: auth,
                mailboxes: Self.mailboxes
            )
            let truth = try await simulator.truth(window: EWSSample.window)
            #expect(read.differences(from: truth) == [])
            #expect(read.count == truth.count)
            #expect(try await simulator.counts().breaches == [:])
        }
    }

    @Test(
        .enabled(if: python != nil, noPython),
        arguments: ["throttled", "unavailable", "busy-inside"]
    )
    func `exchangelib takes the simulator's busy answers for what they are`(
        _ fault: String
    ) async throws {
        let python = try #require(Self.python)
        try await CalendarSimulatorProcess(mailboxes: 1).run { simulator in
            let mailboxes = [RunningSimulator.mailbox(1)]
            try await simulator.fault(fault, "ews", times: 1)
            let read = try await judgement(
                python,
                of: simulator,
                auth: "basic",
                mailboxes: mailboxes
            )
            let truth = try await simulator.truth(window: EWSSample.window)
            #expect(read.differences(from: truth) == [])
        }
    }

    private func judgement(
        _ python: String,
        of simulator: RunningSimulator,
        auth: String,
        mailboxes: [String]
    ) async throws -> [NormalisedBooking] {
        let window = EWSSample.window
        let script = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "judges/ews.py")
        let program = Program(
            URL(filePath: python),
            environment: ["PYTHONDONTWRITEBYTECODE": "1"]
        )
        let ending = try await program.run(
            [
                script.path(), EWSSample.endpoint(simulator).absoluteString,
                window.lowerBound.formatted(.iso8601), window.upperBound.formatted(.iso8601), auth,
            ] + mailboxes
        )
        try #require(ending.status == 0, "\(ending.complaints)")
        return try [NormalisedBooking](json: Array(ending.output.utf8))
    }
}
