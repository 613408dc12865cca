import Foundation

/// How far a client of `SyncFolderItems` has come.
struct EWSSyncState: Sendable {
    var mailbox: Int
    /// Changes up to this revision are told, or will have been at the end of the first listing.
    var revision: Int
    /// The highest number of an event that the client knows of; a higher one is new to it.
    var newest: Int
    /// Within the first listing, which goes from the newest on: the last event that was listed.
    var listedTo: Position?
    /// Differs with every page, as a server's does.
    var page = 0

    struct Position: Hashable, Comparable, Sendable {
        var revision: Int
        var number: Int
        var twin: Int

        static func < (left: Position, right: Position) -> Bool {
            (left.revision, left.number, left.twin) < (right.revision, right.number, right.twin)
        }
    }

    var text: String {
        var fields = [mailbox, revision, newest, page]
        if let listedTo { fields += [listedTo.revision, listedTo.number, listedTo.twin] }
        let text = "state " + fields.map(String.init).joined(separator: " ")
        return Data(text.utf8).base64EncodedString()
    }

    init(mailbox: Int, revision: Int, newest: Int) {
        self.mailbox = mailbox
        self.revision = revision
        self.newest = newest
    }

    /// Nil where `text` is no state of that mailbox.
    init?(_ text: String, mailbox: Int) {
        guard let data = Data(base64Encoded: text) else { return nil }
        let fields = String(decoding: data, as: UTF8.self).split(separator: " ")
        let numbers = fields.dropFirst().compactMap { Int($0) }
        guard fields.first == "state", numbers.count == 4 || numbers.count == 7,
            numbers.count == fields.count - 1, numbers[0] == mailbox
        else { return nil }
        self.mailbox = mailbox
        revision = numbers[1]
        newest = numbers[2]
        page = numbers[3]
        if numbers.count == 7 {
            listedTo = Position(revision: numbers[4], number: numbers[5], twin: numbers[6])
        }
    }
}
