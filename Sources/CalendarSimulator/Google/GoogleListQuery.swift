import Foundation
import HTTPServing

/// What `events.list` was asked, with the rules for sync tokens (calendar-apis.md 3.1).
struct GoogleListQuery: Sendable {
    /// Not allowed beside a sync token.
    private static let barred: Set = [
        "iCalUID", "orderBy", "privateExtendedProperty", "q", "sharedExtendedProperty", "timeMin",
        "timeMax", "updatedMin",
    ]

    var syncToken: String?
    var page: GooglePageToken
    var maxResults: Int
    var maxAttendees: Int
    var showsDeleted: Bool
    var window: Range<Instant>?
    var mask: FieldMask
    /// All parameters but the page token; another page must come with the same.
    var question: String
    /// The parameters that must be the same in all rounds.
    private var pinned: String
    /// Whether a sync token comes at the end.
    var isTracked: Bool

    init(
        _ request: ServerRequest,
        mailbox: Mailbox,
        revision: Int
    ) throws(GoogleError) {
        let names = Set(request.query.map(\.name))
        func hash(without left: Set<String>) -> String {
            let kept = request.query.filter { !left.contains($0.name) }
                .map { "\($0.name)=\($0.value)" }.sorted().joined(separator: "&")
            return String(kept.utf8.reduce(5381) { ($0 &* 33) ^ UInt64($1) }, radix: 36)
        }
        func whole(_ name: String, _ standard: Int) throws(GoogleError) -> Int {
            guard let text = request.parameter(name) else { return standard }
            guard let number = Int(text), number > 0 else { throw .invalid(name) }
            return number
        }
        func instant(_ name: String) throws(GoogleError) -> Instant? {
            guard let text = request.parameter(name) else { return nil }
            // The offset is mandatory.
            guard text.utf8.count >= 20,
                text.hasSuffix("Z") || "+-".contains(text.dropLast(5).last ?? " "),
                let instant = Instant(iso: text)
            else { throw .invalid(name) }
            return instant
        }
        guard request.parameter("singleEvents") == "true" else { throw .invalid("singleEvents") }
        maxResults = min(try whole("maxResults", 250), 2500)
        maxAttendees = try whole("maxAttendees", .max)
        showsDeleted = request.parameter("showDeleted") == "true"
        mask = FieldMask(request.parameter("fields"))
        question = hash(without: ["pageToken"])
        pinned = hash(without: Self.barred.union(["pageToken", "syncToken"]))
        isTracked = Self.barred.subtracting(["timeMin", "timeMax"]).isDisjoint(with: names)
        syncToken = request.parameter("syncToken")

        var since: Int?
        if let syncToken {
            if let name = Self.barred.intersection(names).min() { throw .invalid(name) }
            if request.parameter("showDeleted") == "false" { throw .invalid("showDeleted") }
            let parts = Self.decoded(syncToken)
            guard parts.count == 4, parts[0] == "sync", parts[1] == mailbox.address,
                let known = Int(parts[2]), known <= revision
            else { throw .fullSyncRequired }
            guard parts[3] == pinned else { throw .invalid("syncToken") }
            since = known
        } else {
            let start = try instant("timeMin")
            let end = try instant("timeMax")
            if let start, let end, start >= end {
                throw GoogleError(
                    status: 400,
                    reason: "timeRangeEmpty",
                    message: "The specified time range is empty."
                )
            }
            if start != nil || end != nil {
                window = (start ?? Instant(0))..<(end ?? Instant(4_000_000_000))
            }
        }
        page = GooglePageToken(since: since, revision: revision)
        if let token = request.parameter("pageToken") {
            guard let known = GooglePageToken(Self.decoded(token), question: question) else {
                throw .invalid("pageToken")
            }
            page = known
        }
    }

    /// Tells what comes after the first page of this round.
    func nextSyncToken(_ mailbox: Mailbox) -> String {
        Self.encoded(["sync", mailbox.address, "\(page.revision)", pinned])
    }

    static func encoded(_ parts: [String]) -> String {
        Data(parts.joined(separator: "|").utf8).base64EncodedString()
    }

    private static func decoded(_ token: String) -> [String] {
        guard let data = Data(base64Encoded: token) else { return [] }
        return String(decoding: data, as: UTF8.self).split(separator: "|").map(String.init)
    }
}
