public import AbsenceModel
public import Foundation

/// What colleagues are to see of one extension: the absence that counts now.
public struct PresenceState: Hashable, Sendable {
    /// The extension's digits.
    public var phone: String
    public var displayName: String
    /// The reason that may be told: the announced one (domain P-14).
    public var reason: Reason
    /// What the reason is called in that language; nil where it has no name.
    public var label: String?
    public var kind: Kind
    public var from: Date
    public var until: Date
    /// sv, no or en.
    public var language: String

    public init(
        phone: String,
        displayName: String,
        reason: Reason,
        label: String?,
        kind: Kind,
        from: Date,
        until: Date,
        language: String
    ) {
        self.phone = phone
        self.displayName = displayName
        self.reason = reason
        self.label = label
        self.kind = kind
        self.from = from
        self.until = until
        self.language = language
    }
}
