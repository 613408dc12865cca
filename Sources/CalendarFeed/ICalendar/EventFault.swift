/// Why an event, a series or a rule could not be read; quotes no subject, location or body.
struct EventFault: Error, Equatable, CustomStringConvertible {
    var description: String

    init(_ description: String) {
        self.description = description
    }
}
