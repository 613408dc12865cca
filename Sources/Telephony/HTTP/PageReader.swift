import AbsenceModel
import Foundation
import Web

/// Reads a page of absences: the schema `Page`.
///
/// An entry that is not as documented is left out and counted; it takes no other one with it.
struct PageReader {
    var entries: [ReadBack.Entry] = []
    /// How many entries could not be read.
    var brokenCount = 0
    var isWhole = true
    var next: String?

    /// - Throws: ``NotAsDocumented``, or `RemoteFailure` where the document is not JSON.
    init(_ body: [UInt8]) throws {
        self = try JSONReader().readObject(body) { page in
            var reader = PageReader()
            reader.isWhole = try page.flag("is_whole")
            reader.next = try page.optionalText("next", most: 200)
            for value in try page.needed(page["absences"]?.values) {
                if let entry = try? Self.entry(value) {
                    reader.entries.append(entry)
                } else {
                    reader.brokenCount += 1
                }
            }
            return reader
        }
    }

    private init() {}

    private static func entry(_ value: JSONElement) throws -> ReadBack.Entry {
        let absence = Absence(
            phone: try digits(value.text("extension", most: 15)),
            startsAt: try value.instant("starts_at"),
            endsAt: try value.instant("ends_at"),
            kind: try value.needed(Kind(rawValue: value.text("kind", most: 20))),
            reason: try reason(value, "reason"),
            announcedReason: try reason(value, "announced_reason"),
            backAt: try value.instant("back_at"),
            shownText: try value.optionalText("shown_text", most: 10_000),
            target: try target(value),
            ringSeconds: try value.whole("ring_seconds", in: 1...3600)
        )
        guard absence.startsAt < absence.endsAt else { throw NotAsDocumented() }
        let origin = try value.needed(
            ReadBack.Origin(rawValue: value.text("origin", most: 20))
        )
        let absenceKey = try value.optionalKey("absence_key")
        // What is ours carries our key.
        guard origin != .calendar || absenceKey != nil else { throw NotAsDocumented() }
        return ReadBack.Entry(
            entryKey: try nonEmpty(value.text("entry_key", most: 200)),
            absenceKey: absenceKey,
            absence: absence,
            origin: origin,
            versionTag: try nonEmpty(value.text("version", most: 200)),
            setBy: try value.optionalText("set_by", most: 200),
            setAt: try value.optionalInstant("set_at")
        )
    }

    private static func digits(_ text: String) throws -> String {
        guard text.utf8.count >= 2, text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else {
            throw NotAsDocumented()
        }
        return text
    }

    private static func nonEmpty(_ text: String) throws -> String {
        guard !text.isEmpty else { throw NotAsDocumented() }
        return text
    }

    private static func reason(_ value: JSONElement, _ name: StaticString) throws -> Reason {
        Reason(rawValue: try nonEmpty(value.text(name, most: 60)))
    }

    private static func target(_ value: JSONElement) throws -> Absence.Target {
        let target = try value.needed(Absence.Target(rawValue: value.text("target", most: 40)))
        if case .number(let number) = target {
            _ = try digits(number.hasPrefix("+") ? String(number.dropFirst()) : number)
        }
        return target
    }
}
