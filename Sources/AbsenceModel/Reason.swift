/// Why somebody is absent: a key of the catalogue of reasons, such as `meeting`.
///
/// The catalogue's own keys stand in domain.md, part 3; a customer may add some, so this is
/// an open set, checked against `customer.reasons`.
public struct Reason: RawRepresentable, Hashable, Codable, Sendable {
    public var rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Whether it is health data, which is neither spoken nor published.
    public var isSickLeave: Bool {
        ["sick", "sick_child"].contains(rawValue)
    }

    /// The reason as reports may tell it: sick leave is told nobody, as to callers
    /// (`absence.told_reason`).
    public var told: Reason {
        isSickLeave ? Reason(rawValue: "unavailable") : self
    }
}
