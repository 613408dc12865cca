/// A calendar as its server describes it.
struct CalDAVCollection: Sendable {
    var path: DAVPath
    /// `DAV:sync-token` (RFC 6578 4), read before anything of the calendar's content.
    var syncToken: String?
    /// `getctag`: differs when the content has changed. Asked for where there is no sync token.
    var changeTag: String?

    var name: String { path.collectionName }

    /// Whether the resource called `name` is a member, not the calendar itself.
    func contains(_ name: String) -> Bool {
        name.hasPrefix(self.name) && name != self.name && !name.hasSuffix("/")
    }
}
