public import SIP

/// Where presence is published (RFC 3903).
public protocol PresencePublisher: Sendable {
    /// Publishes an extension's document, anew or in place of the one of `entityTag`.
    ///
    /// - Parameter expires: for how long, in seconds; the server may make it less.
    /// - Throws: ``SIPRefusal``; ``SIPError``.
    func publish(
        _ document: PresenceDocument,
        of phone: String,
        replacing entityTag: String?,
        expires: Int
    ) async throws -> SIPPublication

    /// Keeps a document that stands for longer.
    ///
    /// - Returns: nil where the server does not know it any longer.
    func keep(_ entityTag: String, of phone: String, expires: Int) async throws -> SIPPublication?

    /// Takes a document back.
    func remove(_ entityTag: String, of phone: String) async throws
}

/// A presence server that is reached by SIP.
public struct SIPPresence: PresencePublisher {
    private let client: SIPClient

    public init(client: SIPClient) {
        self.client = client
    }

    public func publish(
        _ document: PresenceDocument,
        of phone: String,
        replacing entityTag: String?,
        expires: Int
    ) async throws -> SIPPublication {
        try await client.publish(
            document.text,
            of: phone,
            replacing: entityTag,
            expires: expires
        )
    }

    public func keep(
        _ entityTag: String,
        of phone: String,
        expires: Int
    ) async throws -> SIPPublication? {
        try await client.refresh(entityTag, of: phone, expires: expires)
    }

    public func remove(_ entityTag: String, of phone: String) async throws {
        try await client.remove(entityTag, of: phone)
    }
}
