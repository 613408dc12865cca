/// The calendar protocols, as faults and counts name them.
enum ProtocolName: String, CaseIterable, Sendable {
    case graph, ews, google
}
