import Web

/// What an answer holds: rows, and where it goes on.
struct GraphPage: Sendable {
    var events: [GraphEvent] = []
    /// Rows without an identifier, which are nobody's.
    var namelessCount = 0
    /// The next page, in full.
    var nextLink: String?
    /// Where the next round begins, in full.
    var deltaLink: String?

    init() {}

    /// Reads a collection, or one event as a collection of one.
    ///
    /// - Throws: ``RemoteFailure`` `malformed` where it is neither.
    init(_ root: JSONElement) throws(RemoteFailure) {
        let reader = GraphEventReader()
        if let values = root["value"]?.values {
            for row in values {
                guard let event = reader.read(row) else {
                    namelessCount += 1
                    continue
                }
                events.append(event)
            }
            nextLink = root["@odata.nextLink"]?.string
            deltaLink = root["@odata.deltaLink"]?.string
        } else if let event = reader.read(root) {
            events = [event]
        } else {
            throw RemoteFailure(.malformed, "its answer is neither an event nor a list of them")
        }
    }
}
