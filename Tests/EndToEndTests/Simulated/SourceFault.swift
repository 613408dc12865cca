import TestSupport
import Testing

/// What a calendar system does wrong, and how a load is to take it.
struct SourceFault: Sendable, CustomTestStringConvertible {
    /// As the simulator calls it.
    var name: String
    var kinds: [CalendarKind]
    var end: End
    /// Nil where it lasts.
    var times: Int?

    var testDescription: String { name }

    enum End: Sendable {
        /// The load comes to the truth all the same.
        case mended
        /// The mailbox fails, with these words in what is told; nothing of it changes.
        case failed([String])
    }

    init(
        _ name: String,
        of kinds: [CalendarKind] = CalendarKind.allCases,
        times: Int? = nil,
        ends end: End
    ) {
        self.name = name
        self.kinds = kinds
        self.times = times
        self.end = end
    }

    /// Each fault with each calendar system that can have it.
    static let all: [(CalendarKind, SourceFault)] = faults.flatMap { fault in
        fault.kinds.map { ($0, fault) }
    }

    private static let faults: [SourceFault] = [
        // A password that Exchange refuses is one for all mailboxes: see the tests of that source.
        SourceFault("unauthorized", of: [.graph, .google], times: 1, ends: .mended),
        SourceFault("throttled", times: 2, ends: .mended),
        SourceFault("unavailable", times: 1, ends: .mended),
        SourceFault("busy-inside", of: [.ews], times: 1, ends: .mended),
        SourceFault("gone", times: 1, ends: .mended),
        SourceFault("replayed-pages", of: [.graph, .google], ends: .mended),
        SourceFault("reordered-pages", of: [.graph, .google], ends: .mended),
        SourceFault("false-removed", of: [.graph], ends: .mended),
        SourceFault("late-master", of: [.graph], ends: .mended),
        SourceFault("skew", ends: .mended),
        SourceFault("forbidden", ends: .failed(["403", "may not act"])),
        SourceFault(
            "not-found",
            ends: .failed(["no mailbox", "no calendar", "not found", "no such"])
        ),
        SourceFault("truncated", ends: .failed(["whole", "cut", "well-formed"])),
        SourceFault("empty", ends: .failed(["empty"])),
        SourceFault("reset", ends: .failed(["ended the connection", "closed the connection"])),
        // Graph's mailboxes that repeat a page for ever are read in another way.
        SourceFault("endless-pages", of: [.graph], ends: .mended),
        SourceFault("endless-pages", of: [.ews, .google], ends: .failed(["page", "end"])),
        SourceFault("internal", ends: .failed(["500"])),
    ]
}
