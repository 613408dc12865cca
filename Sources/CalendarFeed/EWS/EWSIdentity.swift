import AbsenceModel

/// Which booking an item is, the same at every load.
///
/// A single item is known by its ItemId, which it keeps until it leaves the calendar. ItemIds of
/// occurrences may change with their series, and change keys always do. An occurrence is known by
/// the UID of its series, which all occurrences and exceptions share, and by its original start:
/// RecurrenceId, which an occurrence that was moved keeps.
///
/// Two series may have one UID, copies that a program has made. Where both have an occurrence at
/// the same original start, these are told apart in the order of their ItemIds, which begin alike
/// within a series: the second belongs to the resource `UID#2`.
struct EWSIdentity: Hashable, Sendable {
    /// The ItemId, or the UID of the series.
    var resource: String
    var key: String

    /// Nil for an occurrence whose series cannot be told.
    init?(_ item: EWSItem) {
        guard item.isOfSeries else {
            resource = Self.shortened(item.id)
            key = resource
            return
        }
        guard let series = Self.resource(of: item),
            let start = item["RecurrenceId"] ?? item["OriginalStart"] ?? item["Start"]
        else { return nil }
        let text = EWSTime.instant(start).map { WallTime(seconds: $0).dateTimeText + "Z" }
        resource = series
        key = "\(series)/\(text ?? start)"
    }

    /// What an item belongs to, which its listing is enough to tell: itself, or its series.
    static func resource(of item: EWSItem) -> String? {
        guard item.isOfSeries else { return shortened(item.id) }
        return item["UID"].flatMap { $0.isEmpty ? nil : shortened($0) }
    }

    /// The same booking of the second series of one UID, and so on.
    static func renumber(_ booking: inout Booking, as number: Int) {
        let occurrence = booking.key.dropFirst(booking.resource.count)
        let resource = "\(booking.resource)#\(number)"
        booking.rename(key: resource + occurrence, resource: resource)
    }

    /// What an index takes.
    private static func shortened(_ name: String) -> String {
        guard name.utf8.count > ICalendarLimits.keyBytes else { return name }
        var hash = StableHash()
        hash.add(name.utf8)
        return String(name.prefix(ICalendarLimits.keyBytes / 8)) + "#" + hash.text
    }
}
