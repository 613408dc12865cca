import AbsenceModel
import Web

/// What came of reading one .ics file.
struct ICSReading {
    /// The mark of a file that could not be read: it differs from that of every content, so
    /// the file is taken for changed as soon as it can be read.
    private static let unreadMark = "unread"

    private(set) var mark = ICSReading.unreadMark
    private(set) var byteCount = 0
    private(set) var bookings: [Booking] = []
    private(set) var broken: [BrokenBooking] = []
    private(set) var failure: RemoteFailure?
    /// The file is as it was, and was not looked into.
    private(set) var isUnchanged = false

    /// The file was looked into, with success.
    var isNews: Bool {
        !isUnchanged && failure == nil
    }

    /// - Parameter known: The mark with which the file need not be looked into.
    init(
        _ name: String,
        of files: ICSFiles,
        with reader: ICalendarReader,
        unless known: String?
    ) {
        do {
            let file = try files.read(name)
            byteCount = file.bytes.count
            if file.mark == known {
                mark = file.mark
                isUnchanged = true
                return
            }
            let content = try reader.read(file.bytes, resource: name)
            mark = file.mark
            bookings = content.bookings
            broken = content.broken
        } catch {
            failure = error
            broken = [BrokenBooking(resource: name, reason: error.description)]
        }
    }
}
