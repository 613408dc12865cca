import AbsenceModel
import Foundation
import Telephony
import TestSupport
import Testing
import Web

/// Answers that break every rule crash nothing, delete nothing, and are not quoted.
@Suite struct `Exchange http: hostile answers` {
    private static let bodies = [
        "deep", "numbers", "types", "duplicates", "bytes", "huge", "truncated", "empty", "html",
        "nul",
    ]

    @Test(arguments: bodies)
    func `of a list nothing counts as missing`(fault: String) async throws {
        try await Telephone.run(attempts: 2) { telephone in
            let changes = (0..<4).map { Change.create(.of("\(101 + $0)", 1..<3), user: Int64($0)) }
            _ = try await telephone.apply(changes)
            try await telephone.server.fault(fault, path: "absences")
            do {
                #expect(try await telephone.list().isWhole == false)
            } catch let failure as RemoteFailure {
                expectOwnWords(failure.description)
            }
            for complaint in telephone.complaints.all { expectOwnWords(complaint) }
            try await telephone.server.clearFaults()
            #expect(try await telephone.list().isWhole)
        }
    }

    @Test(arguments: bodies)
    func `of a batch nothing counts as done`(fault: String) async throws {
        try await Telephone.run(attempts: 2) { telephone in
            let create = Change.create(.of("101", 1..<3))
            try await telephone.server.fault(fault, path: "batches")
            try await telephone.server.fault(fault, path: "batch")
            do {
                #expect(try await telephone.apply([create])[create.key] == nil)
            } catch let failure as RemoteFailure {
                expectOwnWords(failure.description)
            }
            for complaint in telephone.complaints.all { expectOwnWords(complaint) }
            // The effect is there, and is found when the system is well again.
            try await telephone.server.clearFaults()
            #expect(try await telephone.apply([create])[create.key]?.isDone == true)
            #expect(try await telephone.server.truth().effects == 1)
        }
    }

    @Test(arguments: bodies)
    func `of capabilities nothing is planned`(fault: String) async throws {
        try await Telephone.run(attempts: 2) { telephone in
            // U+0000 before a known word leaves none.
            try await telephone.server.fault(fault, path: "capabilities")
            let error = await #expect(throws: ExchangeError.self) {
                try await telephone.exchange.capabilities()
            }
            if let error { expectOwnWords(error.description) }
        }
    }

    @Test func `one broken entry takes no other with it, and the list is not whole`() async throws {
        try await Telephone.run { telephone in
            let changes = (0..<4).map { Change.create(.of("\(101 + $0)", 1..<3), user: Int64($0)) }
            _ = try await telephone.apply(changes)
            try await telephone.server.fault("broken-element", path: "absences")
            let shown = try await telephone.list()
            #expect(!shown.isWhole)
            #expect(shown.entries.map(\.absence.phone) == ["101", "103", "104"])
            #expect(telephone.complaints.all.count == 1)
        }
    }

    @Test func `one broken outcome is unknown, one of a strange key is told`() async throws {
        try await Telephone.run { telephone in
            let changes = (0..<4).map { Change.create(.of("\(101 + $0)", 1..<3), user: Int64($0)) }
            try await telephone.server.fault("broken-element")
            try await telephone.server.fault("foreign-outcome")
            let outcomes = try await telephone.apply(changes)
            #expect(outcomes[changes[1].key] == nil)
            #expect(outcomes.count == 3)
            #expect(outcomes.values.count(where: \.isDone) == 3)
            #expect(telephone.complaints.all.contains { $0.contains("outcomes") })
        }
    }

    /// Nothing that the server wrote for people, and no key of ours.
    private func expectOwnWords(_ text: String) {
        for theirs in ["internal", "Something is wrong", "<", "Log in", "calendar", "{"] {
            #expect(!text.contains(theirs), "\(text)")
        }
        #expect(!text.contains(RunningExchange.Access.apiKey))
    }
}
