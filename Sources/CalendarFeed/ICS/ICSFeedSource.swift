import Foundation
public import Web

/// One .ics at an http or https URL, which is read whole whenever it has changed.
///
/// ``LoadRequest/address`` is the URL. It is often a secret itself, so messages name its host only.
public struct ICSFeedSource: BookingSource {
    private let fetcher: HTTPFetcher
    private let credentials: HTTPCredentials?

    /// - Parameter fetcher: stays the caller's, who shuts it down after the last load.
    public init(fetcher: HTTPFetcher, credentials: HTTPCredentials? = nil) {
        self.fetcher = fetcher
        self.credentials = credentials
    }

    public var counts: TrafficCounts.Numbers { fetcher.counts.numbers }

    public func load(_ request: LoadRequest) async throws -> LoadAnswer {
        guard let url = URL(string: request.address), let origin = HTTPOrigin(url) else {
            throw RemoteFailure(.notFound, "the calendar address is no http or https URL")
        }
        let known = request.cursor.flatMap { Cursor($0, address: request.address) }
        let reply = try await fetcher.send(
            HTTPRequest(
                "GET",
                url,
                headers: [("Accept", "text/calendar")] + (known?.conditions ?? []),
                credentials: credentials
            )
        )
        var answer = LoadAnswer()
        answer.byteCount = reply.body.count
        if reply.status == 304, known != nil {
            answer.cursor = request.cursor
            return answer
        }
        guard reply.status == 200 else { throw Self.failure(reply.status, origin) }
        try Self.checkWhole(reply.body, origin)

        let reader = ICalendarReader(
            timeZone: request.timeZone,
            mailAddresses: request.mailAddresses,
            window: request.window
        )
        let content = try reader.read(reply.body, resource: Self.resource)
        let next = Cursor(reply, address: request.address)
        answer.bookings = content.bookings
        answer.broken = content.broken
        answer.coverage = [.everything]
        answer.resources = [Self.resource: next.mark]
        answer.cursor = next.text
        return answer
    }

    /// The name of the one resource that a feed is. The URL would put its secret into tables.
    static let resource = "feed.ics"

    /// A feed may end early, and no header tell it: one that is whole ends with its calendar.
    private static func checkWhole(_ body: [UInt8], _ origin: HTTPOrigin) throws(RemoteFailure) {
        let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
        var text = body.starts(with: byteOrderMark) ? body.dropFirst(3) : body[...]
        let isBlank: (UInt8) -> Bool = { $0 <= 0x20 }
        text = text.drop(while: isBlank)
        while let last = text.last, isBlank(last) { text.removeLast() }
        guard !text.isEmpty else {
            throw RemoteFailure(.malformed, "\(origin) sent an empty body where a calendar belongs")
        }
        guard isSame(text.prefix(15), "BEGIN:VCALENDAR") else {
            throw RemoteFailure(
                .malformed,
                "\(origin) sent something that is no calendar, perhaps a page for signing in"
            )
        }
        guard isSame(text.suffix(13), "END:VCALENDAR") else {
            throw RemoteFailure(.truncated, "\(origin) sent a calendar without its end")
        }
    }

    private static func isSame(_ bytes: ArraySlice<UInt8>, _ word: String) -> Bool {
        bytes.count == word.utf8.count
            && zip(bytes, word.utf8).allSatisfy { byte, wanted in
                byte == wanted || (0x61...0x7A ~= byte && byte - 0x20 == wanted)
            }
    }

    private static func failure(_ status: Int, _ origin: HTTPOrigin) -> RemoteFailure {
        switch status {
        case 401, 403:
            RemoteFailure(.refused, "\(origin) refuses access (\(status)): check the credentials")
        case 404, 410:
            RemoteFailure(
                .notFound,
                "\(origin) has no such calendar (\(status)): check the address"
            )
        default:
            RemoteFailure(.serverError, "\(origin) answered with \(status)")
        }
    }
}

extension ICSFeedSource {
    /// What the last answer was marked with (RFC 9110 8.8), word for word.
    private struct Cursor: Codable {
        /// A hash of the URL: marks of one feed say nothing of another.
        var address: String
        var entityTag: String?
        var lastModified: String?

        init(_ answer: HTTPAnswer, address: String) {
            self.address = Self.hash(address)
            entityTag = answer.header("ETag")
            lastModified = answer.header("Last-Modified")
        }

        /// Nil where `text` is none of our cursors for `address`.
        init?(_ text: String, address: String) {
            guard let cursor = try? JSONDecoder().decode(Cursor.self, from: Data(text.utf8)),
                cursor.address == Self.hash(address)
            else { return nil }
            self = cursor
        }

        var text: String? {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) }
        }

        var mark: String { entityTag.map(EntityTag.normalised) ?? lastModified ?? "" }

        var conditions: [(name: String, value: String)] {
            var conditions: [(name: String, value: String)] = []
            if let entityTag { conditions.append(("If-None-Match", entityTag)) }
            if let lastModified { conditions.append(("If-Modified-Since", lastModified)) }
            return conditions
        }

        private static func hash(_ address: String) -> String {
            var hash = StableHash()
            hash.add(address.utf8)
            return hash.text
        }
    }
}
