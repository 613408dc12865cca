import ArgumentParser
import Foundation

/// An instant as a person types it: ISO 8601 with an offset, or wall time where the zone is
/// known from elsewhere.
struct Instant: ExpressibleByArgument {
    private let text: String

    init?(argument: String) {
        text = argument
        guard Self.date(argument, in: .gmt) != nil else { return nil }
    }

    /// With an offset, or in the host's time zone.
    var date: Date { date(in: .current) }

    /// With an offset, or as wall time in `zone`.
    func date(in zone: TimeZone) -> Date {
        Self.date(text, in: zone) ?? .distantPast
    }

    static var defaultCompletionKind: CompletionKind { .default }

    private static func date(_ text: String, in zone: TimeZone) -> Date? {
        if let date = try? Date(text, strategy: .iso8601) { return date }
        let padded = text.count == 16 ? text + ":00" : text
        var style = Date.ISO8601FormatStyle(timeZone: zone).year().month().day()
        if let date = try? Date(padded, strategy: style.time(includingFractionalSeconds: false)) {
            return date
        }
        style = style.dateSeparator(.dash)
        return try? Date(text, strategy: style)
    }
}
