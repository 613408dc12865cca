import Foundation
import Postgres
import Testing
import TestSupport

@Suite struct SimulatedMonthTests {
    /// Every minute is played and a thousand questions are asked where `KK_MONTH` is `whole`, in
    /// an hour; else the minutes in which something happens, and fewer questions.
    private static let isWhole = ProcessInfo.processInfo.environment["KK_MONTH"] == "whole"
    private static let questionCount = isWhole ? 1000 : 200

    /// One month serves all that is asked of it, for it takes a while.
    @Test func `a month of passes: balanced, without drift, and every instant answered for`()
        async throws
    {
        try await World.run(SimulatedMonth.setting, from: SimulatedMonth.start) { world in
            let month = SimulatedMonth(of: world, seed: 2026)
            month.passesEachMinute = Self.isWhole
            var witnesses: [Witness] = []
            month.afterPass = { month in
                #expect(try world.number("select count(*) from watch.unbalanced") == 0)
                // Spread over the month, whatever the number of its passes.
                guard Double.random(in: 0..<1, using: &month.random) < 0.5 else { return }
                let user = month.members.randomElement(using: &month.random)!
                witnesses.append(try world.witness(of: SimulatedMonth.key(user)))
            }
            try await month.play()

            // Everything that may happen did.
            #expect(month.happenings.count == 12, "\(month.happenings)")
            #expect(try await world.recordDrift() == [])
            #expect(try world.touched() == [])
            try world.expectPlacedIsShown()
            try world.connection.command("analyze")
            let sizes = "select count(*) from watch.audit_sizes where byte_count"
            #expect(try world.number("\(sizes) <= stated_byte_count") > 5)
            let tooLarge = try world.connection.ask(
                """
                select * from watch.audit_sizes
                where month is not null and byte_count > stated_byte_count
                """
            )
            #expect(tooLarge == [])

            let questions = witnesses.shuffled(using: &month.random).prefix(Self.questionCount)
            #expect(questions.count == Self.questionCount)
            #expect(questions.count { !$0.state.isEmpty } > Self.questionCount / 5)
            for witness in questions {
                let memory = try world.memory(of: witness)
                #expect(memory == witness.state, "\(witness.user) at \(witness.instant)")
            }
        }
    }
}
