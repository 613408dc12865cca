import Foundation
import Testing
import TestSupport

@Suite struct SimulatedMonthTests {
    /// One month serves all that is asked of it, for it takes a while.
    @Test func `a month of passes: balanced, without drift, and every instant answered for`()
        async throws
    {
        try await World.run(SimulatedMonth.setting, from: SimulatedMonth.start) { world in
            let month = SimulatedMonth(of: world, seed: 2026)
            var witnesses: [Witness] = []
            month.afterPass = { month in
                #expect(try world.number("select count(*) from watch.unbalanced") == 0)
                guard witnesses.count < 1000 else { return }
                for _ in 1...2 {
                    let user = month.members.randomElement(using: &month.random)!
                    witnesses.append(try world.witness(of: SimulatedMonth.key(user)))
                }
            }
            try await month.play()

            // Everything that may happen did.
            #expect(month.happenings.count == 12, "\(month.happenings)")
            #expect(try await world.recordDrift() == [])
            #expect(try world.touched() == [])
            try world.expectPlacedIsShown()

            #expect(witnesses.count == 1000)
            #expect(witnesses.count { !$0.state.isEmpty } > 300)
            for witness in witnesses.shuffled(using: &month.random) {
                let memory = try world.memory(of: witness)
                #expect(memory == witness.state, "\(witness.user) at \(witness.instant)")
            }
        }
    }
}
