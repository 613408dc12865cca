import AbsenceModel
@testable import CalendarFeed
import Foundation
import TestSupport
import Testing
import Web

/// What is read equals what stands in the calendars, event for event.
@Suite struct `GraphSource: the same as the simulator's truth` {
    @Test func `fifty mailboxes, whole and after changes`() async throws {
        let mailboxes = GraphOffice.mailboxes(50)
        try await GraphOffice.run(mailboxes: 50) { office in
            try await office.load(mailboxes)
            #expect(office.failures.isEmpty)
            #expect(try await office.differences(of: mailboxes) == [])

            for action in [
                "delete", "move", "retitle", "create", "delete_series", "cancel_occurrence",
                "delete_occurrence", "change_series",
            ] {
                for mailbox in mailboxes.prefix(10) {
                    try await office.simulator.change(action, mailbox: mailbox, count: 2)
                }
            }
            try await office.load(mailboxes)
            #expect(try await office.differences(of: mailboxes) == [])

            for _ in 1...3 {
                try await office.simulator.change(percent: 5)
                try await office.load(mailboxes)
            }
            #expect(try await office.differences(of: mailboxes) == [])
            #expect(office.stored.values.allSatisfy { $0.cursor != nil })
            #expect(try await office.simulator.counts().breaches == [:])
        }
    }

    @Test func `a whole round is one question for each mailbox, a later one too`()
        async throws
    {
        let mailboxes = GraphOffice.mailboxes(100)
        try await GraphOffice.run(mailboxes: 100, query: GraphQuery(withBody: true)) { office in
            for isChanged in [false, true] {
                if isChanged {
                    for mailbox in mailboxes {
                        try await office.simulator.change("retitle", mailbox: mailbox)
                    }
                }
                try await office.simulator.resetCounts()
                try await office.load(mailboxes)
                let counts = try await office.simulator.counts()
                #expect(counts.graphQuestions == 100)
                #expect(counts["graph"] <= 12)
                #expect(counts.breaches == [:])
            }
        }
    }

    private static let python = ProcessInfo.processInfo.environment["KK_PYTHON"]

    @Test(.enabled(if: python != nil, "KK_PYTHON names no Python with msgraph-sdk"))
    func `fifty mailboxes are what msgraph-sdk reads`() async throws {
        struct Verdict: Decodable { var events: [NormalisedBooking] }
        let mailboxes = GraphOffice.mailboxes(50)
        try await GraphOffice.run(mailboxes: 50) { office in
            let script = URL(filePath: #filePath).deletingLastPathComponent()
                .deletingLastPathComponent().appending(path: "judges/graph.py")
            let judge = try await Program(URL(filePath: try #require(Self.python))).run([
                script.path(), "\(office.simulator.url)",
                GraphOffice.window.lowerBound.formatted(.iso8601),
                GraphOffice.window.upperBound.formatted(.iso8601), "50",
            ])
            try #require(judge.status == 0, "\(judge.complaints)")
            let verdict = try JSONDecoder().decode(Verdict.self, from: Data(judge.output.utf8))
            try await office.simulator.clearFaults()
            try await office.load(mailboxes)
            let bookings = office.stored.flatMap { mailbox, stored in
                stored.bookings.map { NormalisedBooking($0, mailbox: mailbox) }
            }
            #expect(bookings.count > 1500)
            #expect(bookings.differences(from: verdict.events) == [])
        }
    }

    @Test func `mailboxes out of the ordinary`() async throws {
        let mailboxes = ["big", "endless", "emoji"].map { "\($0)@exempel.example" }
        try await GraphOffice.run(hasSpecials: true, query: GraphQuery(withBody: true)) { office in
            try await office.load(mailboxes)
            #expect(office.failures.isEmpty)
            #expect(try await office.differences(of: mailboxes) == [])
            for mailbox in mailboxes {
                try await office.simulator.change("change_series", mailbox: mailbox, count: 5)
                try await office.simulator.change("delete", mailbox: mailbox, count: 5)
            }
            try await office.load(mailboxes)
            #expect(try await office.differences(of: mailboxes) == [])
        }
    }

    @Test func `of two events with one id one is stored, always the same`() async throws {
        let mailbox = "twins@exempel.example"
        try await GraphOffice.run(hasSpecials: true) { office in
            try await office.load([mailbox])
            let first = office.stored[mailbox]?.sorted
            #expect(Set(first ?? []).count == first?.count)
            let missing = try await office.differences(of: [mailbox])
            #expect(missing.count == 1)
            try await office.load([mailbox], isFull: true)
            #expect(office.stored[mailbox]?.sorted == first)
        }
    }

    @Test func `with the least permission all but bodies and choices is read`() async throws {
        let mailboxes = GraphOffice.mailboxes(3)
        for withBody in [true, false] {
            try await GraphOffice.run(
                options: ["--calendar-permissions", "basic"],
                query: GraphQuery(withBody: withBody)
            ) { office in
                try await office.load(mailboxes)
                for mailbox in mailboxes {
                    try await office.simulator.change("change_series", mailbox: mailbox)
                    try await office.simulator.change("delete", mailbox: mailbox)
                }
                try await office.load(mailboxes)
                #expect(office.failures.isEmpty)
                let bookings = office.stored.values.flatMap(\.bookings)
                #expect(bookings.allSatisfy { $0.body == nil && $0.choice == nil })
                let truth = try await office.simulator.truth(window: GraphOffice.window)
                #expect(bookings.count == truth.count)
            }
        }
    }

    @Test func `where the limit is the application's, it is kept`() async throws {
        let mailboxes = GraphOffice.mailboxes(10)
        try await GraphOffice.run(mailboxes: 10, isLimitedPerApp: true) { office in
            try await office.load(mailboxes)
            #expect(try await office.differences(of: mailboxes) == [])
        }
    }

    @Test func `a client certificate opens the door`() async throws {
        try await withCertificate { certificate, key in
            try await GraphOffice.run(
                credential: .certificate(
                    certificatePEM: try String(contentsOfFile: certificate, encoding: .utf8),
                    keyPEM: try String(contentsOfFile: key, encoding: .utf8)
                ),
                clientCertificate: certificate
            ) { office in
                let mailboxes = GraphOffice.mailboxes(3)
                // The server's clock is judge; it is 5 minutes ahead.
                try await office.simulator.fault("skew", "graph")
                try await office.load(mailboxes)
                #expect(office.failures.isEmpty)
                #expect(try await office.differences(of: mailboxes) == [])
            }
        }
    }

    @Test func `a key of another certificate is told before any request`() async throws {
        try await withCertificate { certificate, _ in
            try await withCertificate { _, key in
                let failure = #expect(throws: RemoteFailure.self) {
                    try ClientAssertion(
                        certificatePEM: try String(contentsOfFile: certificate, encoding: .utf8),
                        keyPEM: try String(contentsOfFile: key, encoding: .utf8),
                        client: "c",
                        audience: "a"
                    )
                }
                #expect(failure?.description.contains("not that of the certificate") == true)
            }
        }
    }

    /// Files of a certificate and its RSA key, made by the openssl command.
    private func withCertificate(
        _ body: (_ certificate: String, _ key: String) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let certificate = folder.appending(path: "certificate.pem").path()
        let key = folder.appending(path: "key.pem").path()
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/openssl")
        process.arguments = [
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate,
            "-days", "2", "-subj", "/CN=test",
        ]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        try await body(certificate, key)
    }
}
