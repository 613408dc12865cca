import AbsenceModel
import AbsenceStore
import Foundation
import Reconcile
import Testing
import TestSupport

/// `withdraw --customer` leaves nothing of ours, and touches nothing of others.
@Suite struct WithdrawalTests {
    private static let phones = ["101", "102", "103"]

    @Test func `the exchange table`() async throws {
        try await World.run(World.Setting("anna bo carin")) { world in
            try await expectOthersStay(world, try TableSide(world.database))
        }
    }

    @Test func `the exchange http`() async throws {
        try await HTTPSide.run { side in
            try await World.run(exchange: { _, _ in side.exchange }) {
                try await expectOthersStay($0, side)
            }
        }
    }

    /// What somebody dialled in the place of ours is theirs, which nothing tells: it ends with
    /// ours. So here nobody did.
    @Test(.enabled(if: RunningPBX.missing == nil, "no telephone system"))
    func `the exchange mxone`() async throws {
        try await RunningPBX.run { pbx in
            var side: MXOneSide?
            try await World.run(
                exchange: { _, clock in
                    let opened = try MXOneSide(pbx, clock: clock, phones: Self.phones)
                    side = opened
                    return opened.exchange
                }
            ) { try await expectOthersStay($0, try #require(side)) }
        }
    }

    /// Anna and Bo have meetings, of which some stand, and Carin an absence of her own.
    private func expectOthersStay(_ world: World, _ side: any TelephoneSide) async throws {
        for user in ["anna", "bo"] {
            world.book("a", of: user, at(9), at(10), .outOfOffice)
            world.book("b", of: user, at(13), at(14), .outOfOffice)
        }
        try await side.setClock(at(8, 50))
        try await side.perform(.ownBeside, on: "103")
        world.clock.now = at(9)
        try await side.setClock(at(9))
        try await world.minutely()
        #expect(try await side.standing(at: at(9)).count(where: \.isOurs) >= 2)

        let lease = try #require(
            try world.store.takeLease(
                on: .reconcile,
                of: world.customer,
                by: "test",
                at: world.clock.tick()
            )
        )
        let pass = WithdrawPass(store: world.store, exchange: world.exchange, now: world.clock.tick)
        #expect(try await pass.run(lease, isApplied: true).ending == .done)
        let left = try await side.standing(at: at(9)).map { [$0.phone, $0.origin, $0.reason] }
        #expect(left == [["103", "person", "errand"]])
        #expect(try world.number("select count(*) from telephony.placed") == 0)
    }
}
