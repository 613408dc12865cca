import Web

/// A directory that knows who is in a group.
public protocol GroupDirectory: Sendable {
    /// Everybody who is in `group`, directly or by a group in it; each once, by key.
    ///
    /// - Parameter group: What the directory calls it: a mail address, or a key of its own.
    /// - Throws: ``RemoteFailure`` where not all of them are told, so that nobody is taken for gone
    ///   who was only not told of. A group that tells of nobody is no failure here.
    func members(of group: String) async throws -> [GroupMember]
}

/// Somebody in a group.
public struct GroupMember: Hashable, Sendable {
    /// The directory's own key.
    public var key: String
    /// In lower case, none twice; empty where the directory has or shows none.
    public var mailAddresses: [String]

    public init(key: String, mailAddresses: [String]) {
        self.key = key
        var addresses: [String] = []
        for address in mailAddresses.map({ $0.lowercased() }) where !addresses.contains(address) {
            addresses.append(address)
        }
        self.mailAddresses = addresses
    }
}
