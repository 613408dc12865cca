package import AbsenceModel
import Postgres

extension LoadBatch {
    /// How many bytes go to the database for `bookings`; for measuring what making them takes.
    package static func copiedByteCount(of bookings: [Booking]) throws -> Int {
        let stage = Stage(customer: CustomerID(rawValue: 1), load: 1)
        let name = CalendarName(user: UserID(rawValue: 1), calendarID: 1)
        return try StagedBookings.byteCount(of: bookings.lazy.map { (stage, name, $0) })
    }
}
