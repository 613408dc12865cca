/// Where a round stands between two pages. It is known by what came last, so that changes between
/// two pages lose nothing.
struct GooglePageToken: Sendable {
    /// The revision after which changes are told; nil in a full round.
    var since: Int?
    /// The organisation's when the round began.
    var revision: Int
    /// 0 for the first page.
    var number = 0
    /// The row that came last, if any did.
    var after: (Int, Int, Int)?
    /// True where everything comes once more.
    var isReplay = false

    init(since: Int?, revision: Int) {
        self.since = since
        self.revision = revision
    }

    /// Nil where the parts are none of ``text(_:)`` for the same question.
    init?(_ parts: [String], question: String) {
        guard parts.count == 7, parts[0] == "page", parts[6] == question,
            let revision = Int(parts[2]), let number = Int(parts[3])
        else { return nil }
        since = Int(parts[1])
        self.revision = revision
        self.number = number
        let place = parts[4].split(separator: ",").compactMap { Int($0) }
        if place.count == 3 { after = (place[0], place[1], place[2]) }
        isReplay = parts[5] == "again"
    }

    func text(_ question: String) -> String {
        GoogleListQuery.encoded([
            "page", since.map { "\($0)" } ?? "-", "\(revision)", "\(number)",
            after.map { "\($0.0),\($0.1),\($0.2)" } ?? "-", isReplay ? "again" : "once", question,
        ])
    }

    /// The page after this one.
    func following(after place: (Int, Int, Int)?) -> GooglePageToken {
        var next = self
        next.number += 1
        next.after = place ?? after
        return next
    }

    /// The list once more, from its beginning.
    var replay: GooglePageToken {
        var next = self
        next.number += 1
        next.after = nil
        next.isReplay = true
        return next
    }
}
