public import AbsenceModel
public import Foundation
public import Telephony

/// What has to be published so that colleagues see what they are to see: what is wanted now
/// against what stands, whatever happened between.
public struct PresencePlan: Sendable {
    public var steps: [Step]
    /// What the telephone system has forgotten by itself.
    public var expired: [PublishedPresence]

    public enum Step: Hashable, Sendable {
        case publish(PresenceState, PresenceDocument, replacing: PublishedPresence?)
        /// What stands is right, and would be forgotten before the absence ends.
        case keep(PublishedPresence, until: Date)
        case remove(PublishedPresence)
    }

    public init(
        wanted: [PresenceState],
        published: [PublishedPresence],
        domain: String,
        at instant: Date
    ) {
        var standing: [Extension: PublishedPresence] = [:]
        expired = []
        for one in published {
            if one.expiresAt > instant {
                standing[Extension(user: one.user, phone: one.phone)] = one
            } else {
                expired.append(one)
            }
        }
        steps = []
        for state in wanted {
            let stands = standing.removeValue(
                forKey: Extension(user: state.user, phone: state.phone)
            )
            let document = PresenceDocument(of: state, domain: domain)
            if stands?.digest != document.digest {
                steps.append(.publish(state, document, replacing: stands))
            } else if let stands, stands.isDue(before: state.until, at: instant) {
                steps.append(.keep(stands, until: state.until))
            }
        }
        // First what is over, in one order whoever counts.
        let over = standing.values.sorted { $0.phone < $1.phone }
        steps = over.map(Step.remove) + steps
    }

    private struct Extension: Hashable {
        var user: UserID
        var phone: String
    }
}

extension PublishedPresence {
    /// Whether half of its time is over, and the absence lasts longer than it.
    fileprivate func isDue(before end: Date, at instant: Date) -> Bool {
        let granted = expiresAt.timeIntervalSince(publishedAt)
        return expiresAt < end && expiresAt.timeIntervalSince(instant) < granted / 2
    }
}
