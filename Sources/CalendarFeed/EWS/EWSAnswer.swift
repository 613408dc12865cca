/// A SOAP answer.
struct EWSAnswer: Sendable {
    /// The name of the element in the body, such as `FindItemResponse` or `Fault`.
    var name = ""
    var messages: [EWSMessage] = []
    /// Why there are no messages, where the body is a fault.
    var fault: EWSError?
}

/// What became of one of the things that a request asked for.
struct EWSMessage: Sendable {
    /// Success, Warning or Error.
    var responseClass = ""
    var error = EWSError()

    /// Of `SyncFolderItems`: where the next question starts, and what was created, changed or
    /// deleted. Marks of having been read do not count.
    var syncState = ""
    var changeCount = 0
    /// Whether the answer reaches to the end of what there is.
    var includesLastItem: Bool?
    var items: [EWSItem] = []

    var isSuccess: Bool { responseClass == "Success" && error.code == "NoError" }
}

/// An item of a calendar, with the properties that were asked for and that it has.
struct EWSItem: Sendable {
    /// The element's name: `CalendarItem` for what can be a booking.
    var kind = ""
    var id = ""
    /// Text by the name of the property.
    var properties: [String: String] = [:]
    /// What the zone of the start is called: a name of Windows', as a rule.
    var startZone: String?
    /// The extended property that was asked for.
    var choice: String?

    subscript(name: String) -> String? { properties[name] }

    var isOfSeries: Bool {
        ["Occurrence", "Exception"].contains(properties["CalendarItemType"] ?? "")
    }
}
