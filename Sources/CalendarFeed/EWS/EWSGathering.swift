import AbsenceModel

/// What a reading of a mailbox has brought so far.
struct EWSGathering {
    private let reader: EWSBookingReader
    private var bookings: [Booking] = []
    /// The ItemId of each booking.
    private var ids: [String] = []
    private var broken: [BrokenBooking] = []
    /// Items that cannot be named as they are stored.
    private var unnamedCount = 0
    /// Items that were not handed out and may be at another time.
    private var passingCount = 0
    /// Whether there is something to ask for again.
    var isToBeRepeated: Bool { passingCount + unnamedCount > 0 }

    init(reader: EWSBookingReader) {
        self.reader = reader
    }

    /// - Parameter listed: the same item as it was listed.
    mutating func take(_ item: EWSItem?, listed: EWSItem) {
        guard var item else {
            takeBroken(listed, reason: "the server handed out nothing", isPassing: true)
            return
        }
        // Beside bookings a calendar may hold other things, such as messages.
        guard item.kind == "CalendarItem" else { return }
        item.id = listed.id
        for name in ["UID", "CalendarItemType"] where (item[name] ?? "").isEmpty {
            item.properties[name] = listed[name]
        }
        guard let identity = EWSIdentity(item) else {
            takeBroken(listed, reason: "its series has no UID", isPassing: false)
            return
        }
        switch reader.read(item, as: identity) {
        case .booking(let booking):
            take(booking, id: listed.id)
        case .withoutChoice(let booking):
            take(booking, id: listed.id)
            broken.append(
                BrokenBooking(
                    resource: booking.resource,
                    key: booking.key,
                    reason: "its choice is not `skip` or `reason=...;kind=...`, and none was read",
                    isDegraded: true
                )
            )
        case .outside:
            break
        case .broken(let reason):
            broken.append(
                BrokenBooking(resource: identity.resource, key: identity.key, reason: reason)
            )
        }
    }

    mutating func take(_ error: EWSError, listed: EWSItem) {
        takeBroken(
            listed,
            reason: "Exchange does not hand it out (\(error.shown))",
            isPassing: error.mayPass
        )
    }

    private mutating func take(_ booking: Booking, id: String) {
        bookings.append(booking)
        ids.append(id)
    }

    /// A single item alone, or all of a series: which occurrence it is only the item tells.
    private mutating func takeBroken(_ listed: EWSItem, reason: String, isPassing: Bool) {
        guard let resource = EWSIdentity.resource(of: listed) else {
            unnamedCount += 1
            return
        }
        if isPassing { passingCount += 1 }
        let entry = BrokenBooking(resource: resource, reason: reason)
        if !broken.contains(entry) { broken.append(entry) }
    }

    /// Covers everything, unless something is missing of which nobody knows what it is stored as.
    func answer() -> LoadAnswer {
        var answer = LoadAnswer()
        answer.bookings = distinct()
        answer.broken = broken
        if passingCount > 0 {
            answer.failures.append(
                "\(passingCount) items were listed and not handed out, what is stored of them stays: "
                    + "the next load asks again"
            )
        }
        if unnamedCount == 0 {
            answer.coverage = [.everything]
        } else {
            answer.failures.append(
                "\(unnamedCount) occurrences of series without UID could not be read, so nothing "
                    + "is taken for gone: see Exchange's log"
            )
        }
        return answer
    }

    /// The bookings, with the numbers of ``EWSIdentity`` where several have one key.
    private func distinct() -> [Booking] {
        var bookings = bookings
        let places = Dictionary(grouping: bookings.indices) { bookings[$0].key }
        for same in places.values where same.count > 1 {
            let ordered = same.sorted { ids[$0] < ids[$1] }
            for (number, place) in ordered.enumerated().dropFirst() {
                EWSIdentity.renumber(&bookings[place], as: number + 1)
            }
        }
        return bookings
    }
}
