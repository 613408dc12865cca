/// A group whose members have a service (domain S3-6).
///
/// Its JSON is as in the customer file.
public struct GroupSettings: Hashable, Codable, Sendable {
    /// The name of the calendar source whose directory has the group.
    public var calendar: String
    /// What the directory calls it: its mail address, or a GUID.
    public var group: String
    public var service: Service

    public init(calendar: String, group: String, service: Service) {
        self.calendar = calendar
        self.group = group
        self.service = service
    }

    /// As in the column `services` of a roster.
    public enum Service: String, CaseIterable, Codable, Sendable {
        /// Takes part.
        case calendar
        /// Calls may be diverted.
        case diversion
    }
}
