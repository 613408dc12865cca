package import AbsenceModel
import Postgres

extension LoadBatch {
    /// How many bytes go to the database for `bookings`; for measuring what making them takes.
    package static func copiedByteCount(of bookings: [Booking]) -> Int {
        let stage = Stage(customer: CustomerID(rawValue: 1), load: 1)
        let name = CalendarName(user: UserID(rawValue: 1), calendarID: 1)
        return bookings.withUnsafeBufferPointer { bookings in
            var index = 0
            return BinaryRow.byteCount { fields in
                guard index < bookings.count else { return false }
                StagedBookings.encode(stage, name, bookings[index], into: &fields)
                index += 1
                return true
            }
        }
    }
}
