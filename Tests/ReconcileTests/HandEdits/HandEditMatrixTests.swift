import Foundation
import Testing
import TestSupport

/// What people do on the telephone side, by what becomes of the booking: each cell's outcome is in
/// a file (domain P-4, design principle 8).
@Suite struct HandEditMatrixTests {
    @Test func `the exchange table`() async throws {
        try await expectTable(.seen, "table")
    }

    @Test func `the exchange table, before anybody looked`() async throws {
        try await expectTable(.unseen, "table-unseen")
    }

    @Test func `the exchange http`() async throws {
        try await expectHTTP(.seen, "http")
    }

    @Test func `the exchange http, before anybody looked`() async throws {
        try await expectHTTP(.unseen, "http-unseen")
    }

    /// Nothing is seen there, so that nothing is held; it stays as it was dialled until our next
    /// start or a change of the booking.
    @Test(.enabled(if: RunningPBX.missing == nil, "no telephone system"))
    func `the exchange mxone`() async throws {
        try await RunningPBX.run { pbx in
            var side: MXOneSide?
            try await World.run(
                HandEditMatrix.setting,
                exchange: { _, clock in
                    let phones = HandEditCell.all.map(\.phone)
                    let opened = try MXOneSide(pbx, clock: clock, phones: phones)
                    side = opened
                    return opened.exchange
                }
            ) { try await expect(.unseen, $0, try #require(side), "mxone") }
        }
    }

    private func expectTable(_ looking: HandEditMatrix.Looking, _ name: String) async throws {
        try await World.run(HandEditMatrix.setting) { world in
            try await expect(looking, world, try TableSide(world.database), name)
        }
    }

    private func expectHTTP(_ looking: HandEditMatrix.Looking, _ name: String) async throws {
        try await HTTPSide.run { side in
            try await World.run(HandEditMatrix.setting, exchange: { _, _ in side.exchange }) {
                try await expect(looking, $0, side, name)
            }
        }
    }

    private func expect(
        _ looking: HandEditMatrix.Looking,
        _ world: World,
        _ side: any TelephoneSide,
        _ name: String
    ) async throws {
        var matrix = HandEditMatrix(side: side, world: world)
        let text = try await matrix.live(looking)
        let file = Self.folder.appending(path: "hand-edits-\(name).txt")
        let expected = try GoldenFile.text(file, insteadOf: text)
        #expect(text == expected, "Golden/\(file.lastPathComponent)")
    }

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Golden")
}
