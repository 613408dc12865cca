public import Foundation

/// What colleagues are to see of one extension: the absence that counts now.
public struct PresenceState: Hashable, Sendable {
    public var user: UserID
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
        user: UserID,
        phone: String,
        displayName: String,
        reason: Reason,
        label: String?,
        kind: Kind,
        from: Date,
        until: Date,
        language: String
    ) {
        self.user = user
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

/// What stands of an extension's presence on the telephone side, as it was granted (RFC 3903).
public struct PublishedPresence: Hashable, Sendable {
    public var user: UserID
    public var phone: String
    /// The telephone system's name for it.
    public var entityTag: String
    /// SHA-256 of the document, in hexadecimal figures.
    public var digest: String
    /// When it was published, or kept for longer, last.
    public var publishedAt: Date
    /// When the telephone system forgets it by itself.
    public var expiresAt: Date

    public init(
        user: UserID,
        phone: String,
        entityTag: String,
        digest: String,
        publishedAt: Date,
        expiresAt: Date
    ) {
        self.user = user
        self.phone = phone
        self.entityTag = entityTag
        self.digest = digest
        self.publishedAt = publishedAt
        self.expiresAt = expiresAt
    }
}
