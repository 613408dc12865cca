/// What an answer holds: rows, and where it goes on.
struct GraphPage: Sendable {
    var events: [GraphEvent] = []
    /// The next page, in full.
    var nextLink: String?
    /// Where the next round begins, in full.
    var deltaLink: String?

    init() {}

    /// Reads a collection, or one event as a collection of one.
    ///
    /// - Throws: ``LoadFailure`` `malformed` where it is neither.
    init(_ root: JSONElement) throws(LoadFailure) {
        if let values = root["value"]?.values {
            for row in values { events.append(try GraphEvent(row)) }
            nextLink = root["@odata.nextLink"]?.string
            deltaLink = root["@odata.deltaLink"]?.string
        } else {
            events = [try GraphEvent(root)]
        }
    }
}
