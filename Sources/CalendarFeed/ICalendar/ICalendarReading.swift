package import AbsenceModel
package import Foundation

/// Reading without a server or a folder, so that it can be measured by itself.
package enum ICalendarReading {
    /// The bookings in `window` of an iCalendar stream.
    ///
    /// - Throws: `RemoteFailure` where it cannot be read as a whole.
    package static func bookings(
        in stream: [UInt8],
        window: Range<Date>,
        timeZone: TimeZone
    ) throws -> [Booking] {
        try ICalendarReader(timeZone: timeZone, mailAddresses: [], window: window)
            .read(stream, resource: "calendar").bookings
    }
}
