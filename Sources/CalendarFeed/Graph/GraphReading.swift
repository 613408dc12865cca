package import AbsenceModel
package import Foundation
import Web

/// Reading without a server, so that it can be measured by itself.
package enum GraphReading {
    /// The bookings of single events that a page of a round brings.
    ///
    /// - Throws: `RemoteFailure` `malformed` where it is no page.
    package static func bookings(
        in page: [UInt8],
        window: Range<Date>,
        timeZone: TimeZone
    ) throws -> [Booking] {
        var rows = GraphRows()
        _ = rows.add(try JSONReader().read(page) { try GraphPage($0) }.events)
        let bookings = GraphBookings(window: window, timeZone: timeZone)
        var findings = GraphFindings()
        let events = rows.latest
        findings.reserve(events.count)
        for event in events { bookings.add(event, to: &findings) }
        return findings.bookings
    }
}
