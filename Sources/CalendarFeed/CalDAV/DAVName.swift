/// The name of an XML element with its namespace.
struct DAVName: Hashable, Sendable {
    var namespace: String
    var local: String

    static func dav(_ local: String) -> DAVName { DAVName(namespace: "DAV:", local: local) }

    /// RFC 4791.
    static func caldav(_ local: String) -> DAVName {
        DAVName(namespace: "urn:ietf:params:xml:ns:caldav", local: local)
    }

    /// The extensions of calendarserver.org, where `getctag` comes from.
    static func calendarServer(_ local: String) -> DAVName {
        DAVName(namespace: "http://calendarserver.org/ns/", local: local)
    }
}
