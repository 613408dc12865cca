import Foundation
import HTTPServing

extension JSONWriter {
    mutating func value(_ entry: Entry) {
        let absence = entry.absence
        object {
            $0.member("entry_key", "e\(entry.number)")
            $0.member("absence_key", entry.absenceKey?.uuidString.lowercased())
            $0.member("extension", absence.extension)
            $0.member("kind", absence.kind.rawValue)
            $0.member("reason", absence.reason)
            $0.member("announced_reason", absence.announcedReason)
            $0.member("starts_at", absence.startsAt.rfc3339)
            $0.member("ends_at", absence.endsAt.rfc3339)
            $0.member("back_at", absence.backAt.rfc3339)
            $0.member("shown_text", absence.shownText)
            $0.member("target", absence.target)
            $0.member("ring_seconds", absence.ringSeconds)
            $0.member("origin", entry.origin.rawValue)
            $0.member("version", String(entry.version))
            $0.member("set_by", entry.setBy)
            $0.member("set_at", entry.setAt.rfc3339)
        }
    }

    mutating func value(_ result: BatchResult, _ outcomes: [Outcome]) {
        object {
            $0.member("idempotency_key", result.idempotencyKey)
            $0.member("fence", result.fence)
            $0.member("outcomes") {
                $0.array { writer in
                    for outcome in outcomes { writer.value(outcome) }
                }
            }
        }
    }

    private mutating func value(_ outcome: Outcome) {
        object {
            $0.member("absence_key", outcome.absenceKey.uuidString.lowercased())
            $0.member("outcome", outcome.word.rawValue)
            $0.member("version", outcome.version.map(String.init))
            $0.member("reason", outcome.reason?.rawValue)
        }
    }
}
