import AbsenceModel
import Foundation
import Reconcile
import Telephony
import Testing

@Suite struct PresencePlanTests {
    private let now = Date(timeIntervalSince1970: 1_795_597_200)

    private func state(_ phone: String = "101", minutes: Double = 60) -> PresenceState {
        PresenceState(
            user: UserID(rawValue: 1),
            phone: phone,
            displayName: "Anna",
            reason: Reason(rawValue: "meeting"),
            label: "Möte",
            kind: .direct,
            from: now - 600,
            until: now + minutes * 60,
            language: "sv"
        )
    }

    private func published(
        _ state: PresenceState,
        ago: Double = 0,
        minutesLeft: Double = 60
    ) -> PublishedPresence {
        PublishedPresence(
            user: state.user,
            phone: state.phone,
            entityTag: "a.1",
            digest: PresenceDocument(of: state, domain: "pbx.test").digest,
            publishedAt: now - ago * 60,
            expiresAt: now + minutesLeft * 60
        )
    }

    private func plan(_ wanted: [PresenceState], _ published: [PublishedPresence]) -> PresencePlan {
        PresencePlan(wanted: wanted, published: published, domain: "pbx.test", at: now)
    }

    private func document(_ state: PresenceState) -> PresenceDocument {
        PresenceDocument(of: state, domain: "pbx.test")
    }

    @Test func publishesWhatIsNew() {
        let state = state()
        #expect(plan([state], []).steps == [.publish(state, document(state), replacing: nil)])
    }

    @Test func hasNothingToDoTheSecondTime() {
        let state = state()
        #expect(plan([state], [published(state)]).steps == [])
    }

    @Test func changesWhatChanged() {
        let (before, after) = (state(), state(minutes: 90))
        let old = published(before)
        #expect(plan([after], [old]).steps == [.publish(after, document(after), replacing: old)])
    }

    @Test func takesBackWhatIsOverTooSoon() {
        let old = published(state())
        #expect(plan([], [old]).steps == [.remove(old)])
    }

    @Test func leavesToTheClockWhatHasEnded() {
        let old = published(state(minutes: 0), minutesLeft: 0)
        let plan = plan([], [old])
        #expect(plan.steps == [] && plan.expired == [old])
    }

    @Test func publishesAnewWhatExpiredTooSoon() {
        let state = state()
        let old = published(state, ago: 60, minutesLeft: 0)
        #expect(plan([state], [old]).steps == [.publish(state, document(state), replacing: nil)])
    }

    /// A server that grants ten minutes is asked again when half of them are over.
    @Test(arguments: [(4.0, 6.0, false), (6, 4, true), (9, 1, true)])
    func keepsForLongerWhatEndsTooSoon(ago: Double, left: Double, isDue: Bool) {
        let state = state()
        let old = published(state, ago: ago, minutesLeft: left)
        #expect(plan([state], [old]).steps == (isDue ? [.keep(old, until: state.until)] : []))
    }

    @Test func followsAPersonToAnotherExtension() {
        let (before, after) = (state("101"), state("102"))
        let old = published(before)
        #expect(
            plan([after], [old]).steps
                == [.remove(old), .publish(after, document(after), replacing: nil)]
        )
    }
}
