import Foundation
import TestSupport
import Testing

@Suite struct RulesTestTests {
    /// The papers of the project, in KK_SHARED or beside the package.
    private static let shared =
        ProcessInfo.processInfo.environment["KK_SHARED"].map { URL(filePath: $0) }
        ?? Checkout.root.deletingLastPathComponent().appending(path: "shared")
    private static let cases = shared.appending(path: "cases/one-x.yaml")
    private static let isThere = FileManager.default.fileExists(atPath: cases.path())

    @Test(.enabled(if: isThere, "no shared/cases/one-x.yaml: set KK_SHARED"))
    func `all cases of One X pass, and leave nothing behind`() async throws {
        try await Office.run { office in
            let before = try await office.allData()
            let ending = try await office.expect(0, "rules", "test", Self.cases.path())
            #expect(ending.output.contains(/^[1-9][0-9]+ passed, 0 failed\n$/))
            #expect(ending.complaints == "")
            #expect(try await office.allData() == before)
        }
    }

    @Test func `a wrong expectation fails with what differs`() async throws {
        try await Office.run { office in
            try office.write(
                """
                name: The end is wrong
                system: one-x
                now: 2026-11-23T07:00:00+01:00
                bookings:
                  - { id: m, start: 2026-11-23T09:00, end: 2026-11-23T10:00 }
                expect:
                  - { reason: meeting, kind: information, start: 2026-11-23T09:00, end: 2026-11-23T11:00 }
                ---
                name: Something is missing, something is more, and a cause is another
                system: one-x
                now: 2026-11-23T07:00:00+01:00
                bookings:
                  - { id: m, start: 2026-11-23T09:00, end: 2026-11-23T10:00 }
                  - { id: p, sensitivity: private, start: 2026-11-23T12:00, end: 2026-11-23T13:00 }
                expect:
                  - { reason: sick, start: 2026-11-24T09:00, end: 2026-11-24T10:00 }
                skipped:
                  - { booking: p, because: show_as }
                ---
                name: This one is right
                system: one-x
                now: 2026-11-23T07:00:00+01:00
                bookings:
                  - { id: f, show_as: free, start: 2026-11-23T09:00, end: 2026-11-23T10:00 }
                expect: []

                """,
                to: "wrong.yaml"
            )
            let ending = try await office.expect(1, "rules", "test", "wrong.yaml")
            try Golden.expect(ending.output, is: "rules-test-wrong.txt")
        }
    }

    @Test func `an unknown key is an error with its place, and no case runs`() async throws {
        try await Office.run { office in
            try office.write(
                """
                name: A typing mistake
                system: one-x
                now: 2026-11-23T07:00:00+01:00
                rules: { merge_gapp: 5m }
                bookings:
                  - { id: m, strat: 2026-11-23T09:00, end: 2026-11-23T10:00 }
                expected: []

                """,
                to: "cases/typo.yaml"
            )
            let ending = try await office.expect(1, "rules", "test", "cases")
            #expect(ending.output == "")
            try Golden.expect(ending.complaints, is: "rules-test-typo.txt")
        }
    }
}
