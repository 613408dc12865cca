import AbsenceModel
import CalendarFeed
import Foundation
import TestSupport
import Testing
import Web

@Suite struct `GoogleSource: a simulated organisation` {
    private let mailboxes = (1...50).map { RunningSimulator.mailbox($0) }

    /// Every kind of change, in mailboxes of even and odd numbers.
    private func change(_ simulator: RunningSimulator) async throws {
        try await simulator.change(percent: 5)
        let actions = [
            "delete", "move", "retitle", "create", "delete_series", "cancel_occurrence",
            "delete_occurrence", "change_series",
        ]
        for (number, action) in actions.enumerated() {
            for mailbox in mailboxes[(number * 4)..<(number * 4 + 4)] {
                try await simulator.change(action, mailbox: mailbox, count: 2)
            }
        }
        // Several changes of one mailbox meet in one round.
        for action in actions {
            try await simulator.change(action, mailbox: mailboxes[49])
        }
    }

    @Test func `is read as it is, whole and by changes, with the least possible requests`()
        async throws
    {
        try await SimulatedGoogle.run(CalendarSimulatorProcess(mailboxes: 50)) { google in
            var stored: [String: StoredCalendar] = [:]
            try await google.load(mailboxes, into: &stored)
            var truth = try await google.truth(mailboxes)
            #expect(truth.count > 1500)
            #expect(stored.normalised.differences(from: truth) == [])
            var counts = try await google.simulator.counts()
            #expect(counts.requests["google"] == 50)
            #expect(counts.requests["token"] == 50)
            #expect(counts.breaches == [:])

            try await google.simulator.resetCounts()
            try await google.load(mailboxes, into: &stored)
            counts = try await google.simulator.counts()
            #expect(counts.requests["google"] == 50)
            #expect(stored.normalised.differences(from: truth) == [])

            for _ in 0..<3 {
                try await change(google.simulator)
                try await google.simulator.resetCounts()
                try await google.load(mailboxes, into: &stored)
                truth = try await google.truth(mailboxes)
                #expect(stored.normalised.differences(from: truth) == [])
                counts = try await google.simulator.counts()
                #expect(counts.requests["google"] == 50)
                #expect(counts.breaches == [:])
            }
        }
    }

    @Test(
        .enabled(
            if: GoogleJudge.python != nil,
            """
            KK_PYTHON is not set. It names a Python with google-api-python-client==2.202.0 and \
            google-auth (python3 -m venv; pip install).
            """
        )
    )
    func `is read by Google's own client as by us`() async throws {
        try await SimulatedGoogle.run(CalendarSimulatorProcess(mailboxes: 50)) { google in
            let judge = GoogleJudge(simulator: google.simulator, mailboxes: mailboxes)
            defer { judge.end() }
            var stored: [String: StoredCalendar] = [:]
            try await google.load(mailboxes, into: &stored)
            var theirs = try [NormalisedBooking](json: try judge.run("full"))
            #expect(theirs.differences(from: try await google.truth(mailboxes)) == [])
            #expect(stored.normalised.differences(from: theirs) == [])

            try await change(google.simulator)
            try await google.simulator.fault("throttled", "google", times: 3)
            theirs = try [NormalisedBooking](json: try judge.run("changes"))
            try await google.simulator.clearFaults()
            try await google.load(mailboxes, into: &stored)
            #expect(theirs.differences(from: try await google.truth(mailboxes)) == [])
            #expect(stored.normalised.differences(from: theirs) == [])

            var reasons: Set<String> = []
            try await google.simulator.fault("gone", "google")
            for number in 0..<3 {
                try await google.simulator.change("create", mailbox: mailboxes[number])
                let refusal = try JSONDecoder().decode(
                    Refusal.self,
                    from: Data(try judge.run("error"))
                )
                #expect(refusal.status == 410)
                reasons.formUnion(refusal.reasons)
            }
            #expect(reasons == ["fullSyncRequired", "updatedMinTooLongAgo", "deleted"])
        }
    }

    private struct Refusal: Decodable {
        var status: Int
        var reasons: [String]
    }

    @Test func `special mailboxes are read`() async throws {
        let specials = ["big", "endless", "emoji", "twins"].map { "\($0)@exempel.example" }
        let process = CalendarSimulatorProcess(mailboxes: 1, hasSpecials: true)
        try await SimulatedGoogle.run(process) { google in
            var stored: [String: StoredCalendar] = [:]
            try await google.load(specials, into: &stored)
            let truth = try await google.truth(Array(specials.prefix(3)))
            #expect(truth.count > 9000)
            let calendars = stored.filter { $0.key != specials[3] }
            #expect(calendars.normalised.differences(from: truth) == [])
            #expect(truth.contains { $0.subject?.count == 255 })

            // Two events under one id were changed at one time: always the same one is kept.
            let twins = stored.normalised.filter { $0.subject?.hasPrefix("Zwilling") == true }
            #expect(twins.map(\.subject) == ["Zwilling 14"])
            #expect(stored[specials[3]]?.bookings.count ?? 0 > 30)

            try await google.simulator.change("change_series", mailbox: specials[1], count: 3)
            try await google.simulator.change("delete_series", mailbox: specials[0], count: 3)
            try await google.load(specials, into: &stored)
            let changed = stored.filter { $0.key != specials[3] }
            let changedTruth = try await google.truth(Array(specials.prefix(3)))
            #expect(changed.normalised.differences(from: changedTruth) == [])
        }
    }

    @Test func `its quotas are counted`() async throws {
        let process = CalendarSimulatorProcess(mailboxes: 1)
        try await SimulatedGoogle.run(process, userPerMinute: 100_000) { google in
            try await google.simulator.fault("endless-pages", "google")
            for _ in 0..<4 {
                let code = try await failureCode {
                    try await google.source.load(LoadRequest(RunningSimulator.mailbox(1)))
                }
                #expect(code == .malformed || code == .serverError)
            }
            let counts = try await google.simulator.counts()
            #expect(counts.breaches["google_user_minute"] ?? 0 > 0)
        }
    }
}

@Suite struct `GoogleSource: faults of the simulator` {
    /// A fault that strikes so often, and the code of the failure of the load that it strikes,
    /// nil where the load succeeds all the same.
    struct Fault: Sendable {
        var name: String
        var times: Int?
        var failure: RemoteFailure.Code?
    }

    static let faults = [
        Fault(name: "unauthorized", times: 1),
        Fault(name: "unauthorized", times: 3, failure: .refused),
        Fault(name: "forbidden", failure: .refused),
        Fault(name: "not-found", failure: .notFound),
        Fault(name: "throttled", times: 2),
        Fault(name: "throttled", failure: .serverError),
        Fault(name: "unavailable", times: 1),
        Fault(name: "internal", times: 1),
        Fault(name: "internal", failure: .serverError),
        Fault(name: "gone", times: 1),
        Fault(name: "endless-pages", failure: .malformed),
        Fault(name: "replayed-pages"),
        Fault(name: "reordered-pages"),
        Fault(name: "false-removed"),
        Fault(name: "truncated", failure: .malformed),
        Fault(name: "empty", failure: .malformed),
        Fault(name: "reset", failure: .truncated),
        Fault(name: "twins"),
        Fault(name: "skew"),
    ]

    @Test(arguments: faults.indices)
    func `never take a booking that stands, and what is left is caught up with`(
        index: Int
    ) async throws {
        let fault = Self.faults[index]
        let mailbox = RunningSimulator.mailbox(1)
        let process = CalendarSimulatorProcess(mailboxes: 1)
        try await SimulatedGoogle.run(process) { google in
            var stored: [String: StoredCalendar] = [:]
            func expectTruth(_ comment: Comment) async throws {
                let truth = try await google.truth([mailbox])
                #expect(stored.normalised.differences(from: truth) == [], comment)
            }
            for isFull in [true, false] {
                try await google.simulator.fault(
                    fault.name,
                    "google",
                    mailbox: fault.name == "skew" ? nil : mailbox,
                    times: fault.times
                )
                let before = stored
                do {
                    try await google.load([mailbox], into: &stored)
                    #expect(fault.failure == nil, "\(fault.name)")
                    try await expectTruth("\(fault.name), full: \(isFull)")
                } catch let failure as RemoteFailure {
                    #expect(failure.code == fault.failure, "\(fault.name): \(failure)")
                    #expect(stored.normalised == before.normalised)
                }
                try await google.simulator.clearFaults()
                try await google.load([mailbox], into: &stored)
                try await expectTruth("after \(fault.name), full: \(isFull)")
                for action in ["retitle", "delete", "create", "delete_occurrence"] {
                    try await google.simulator.change(action, mailbox: mailbox, count: 2)
                }
            }
        }
    }

    @Test func `deletions behind a lost token are found by a full round at once`() async throws {
        let mailbox = RunningSimulator.mailbox(1)
        let process = CalendarSimulatorProcess(mailboxes: 1, bookings: 200)
        try await SimulatedGoogle.run(process) { google in
            var stored: [String: StoredCalendar] = [:]
            try await google.load([mailbox], into: &stored)
            #expect(try await google.simulator.change("delete", mailbox: mailbox, count: 50) == 50)
            try await google.simulator.fault("gone", "google", mailbox: mailbox, times: 1)
            try await google.load([mailbox], into: &stored)
            let truth = try await google.truth([mailbox])
            #expect(stored.normalised.differences(from: truth) == [])
            #expect(truth.count < 170)
        }
    }

    @Test func `another address gets no token, and is told what to do`() async throws {
        try await SimulatedGoogle.run(CalendarSimulatorProcess(mailboxes: 1)) { google in
            do {
                _ = try await google.source.load(LoadRequest("nobody@exempel.example"))
                Issue.record("no failure")
            } catch let failure as RemoteFailure {
                #expect(failure.code == .refused)
                #expect(failure.description.contains("invalid_grant"))
                #expect(failure.description.contains(GoogleSource.scope))
            }
            let other = "user1@exempel.example/user2@exempel.example"
            let code = try await failureCode { try await google.source.load(LoadRequest(other)) }
            #expect(code == .notFound)
        }
    }
}
