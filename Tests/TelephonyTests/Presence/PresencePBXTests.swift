import AbsenceModel
import Foundation
import SIP
import Telephony
import TestSupport
import Testing

extension PBXTests {
    /// What colleagues are told of an absence that is published.
    @Suite struct PublishedPresence {
        private func presence(_ pbx: RunningPBX) throws -> SIPPresence {
            SIPPresence(
                client: SIPClient(
                    server: try #require(SIPServer(uri: "sip:\(pbx.address);transport=tcp")),
                    account: SIPAccount(domain: RunningPBX.domain, name: "kalenderkoppling")
                )
            )
        }

        private func document(
            _ person: RunningPBX.Person,
            _ reason: String,
            _ label: String,
            hours: Double = 2
        ) -> PresenceDocument {
            let hour = (Date().timeIntervalSince1970 / 3600).rounded(.down) * 3600
            return PresenceDocument(
                of: PresenceState(
                    user: UserID(rawValue: 1),
                    phone: person.number,
                    displayName: person.name,
                    reason: Reason(rawValue: reason),
                    label: label,
                    kind: .direct,
                    from: Date(timeIntervalSince1970: hour),
                    until: Date(timeIntervalSince1970: hour + hours * 3600),
                    language: "sv"
                ),
                domain: RunningPBX.domain
            )
        }

        /// Whether the newest document says it no longer, within ten seconds.
        private func isOver(_ word: String, _ watch: RunningPBX.Watch) async throws -> Bool {
            for _ in 0..<200 {
                if try await !watch.comes("").contains(word) { return true }
                try await Task.sleep(for: .milliseconds(50))
            }
            return false
        }

        @Test func `they are told, told of a change, and told that it is over`() async throws {
            let pbx = try currentPBX()
            let anna = try await pbx.person("Åsa \"Öberg\"", phone: nil)
            let presence = try presence(pbx)
            try await pbx.watching(anna) { watch in
                let first = try await presence.publish(
                    document(anna, "meeting", "Möte"),
                    of: anna.number,
                    replacing: nil,
                    expires: 7200
                )
                #expect(first.expires == 7200)
                let meeting = #""what": ["meeting", "busy"]"#
                let told = try await watch.comes(meeting)
                #expect(told.contains(meeting) && told.contains("Möte"), "\(told)")

                let second = try await presence.publish(
                    document(anna, "lunch", "Lunch"),
                    of: anna.number,
                    replacing: first.entityTag,
                    expires: 7200
                )
                #expect(second.entityTag != first.entityTag)
                let meal = #""what": ["meal", "away"]"#
                #expect(try await watch.comes(meal).contains(meal))
                let kept = try await presence.keep(
                    second.entityTag,
                    of: anna.number,
                    expires: 3600
                )
                #expect(kept?.expires == 3600)

                try await presence.remove(try #require(kept).entityTag, of: anna.number)
                #expect(try await isOver("meal", watch))
            }
        }

        @Test func `it ends by itself, with no write`() async throws {
            let pbx = try currentPBX()
            let anna = try await pbx.person("Anna Svensson", phone: nil)
            let presence = try presence(pbx)
            try await pbx.watching(anna) { watch in
                let granted = try await presence.publish(
                    document(anna, "meeting", "Möte"),
                    of: anna.number,
                    replacing: nil,
                    expires: 2
                )
                let meeting = #""what": ["meeting", "busy"]"#
                #expect(try await watch.comes(meeting).contains(meeting))
                #expect(try await isOver("meeting", watch))
                // What it has forgotten is published anew, and taken back without complaint.
                #expect(
                    try await presence.keep(granted.entityTag, of: anna.number, expires: 60) == nil
                )
                try await presence.remove(granted.entityTag, of: anna.number)
                _ = try await presence.publish(
                    document(anna, "meeting", "Möte"),
                    of: anna.number,
                    replacing: granted.entityTag,
                    expires: 60
                )
                #expect(try await watch.comes(meeting).contains(meeting))
            }
        }

        @Test func `nobody is told who is sick`() async throws {
            let pbx = try currentPBX()
            let anna = try await pbx.person("Anna Svensson", phone: nil)
            try await pbx.watching(anna) { watch in
                _ = try await presence(pbx).publish(
                    document(anna, "sick", "Sjuk"),
                    of: anna.number,
                    replacing: nil,
                    expires: 60
                )
                let other = #""what": ["other", "away"]"#
                let told = try await watch.comes(other)
                #expect(told.contains(other))
                #expect(!told.contains("notes"))
                #expect(!told.lowercased().contains("sick") && !told.contains("Sjuk"))
            }
        }
    }
}
