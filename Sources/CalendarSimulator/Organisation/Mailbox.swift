/// A mailbox's calendar as it stands at a revision.
struct Mailbox: Sendable {
    /// 1 for user1; special mailboxes come after all ordinary ones.
    let number: Int
    /// In lower case.
    let address: String
    /// By number. Where the mailbox was not changed, as generated.
    let events: [Event]
    /// Events that are gone, with the revision in which they went.
    let deleted: [(number: Int, revision: Int)]
    /// What events changed or deleted were before, by number, oldest first.
    let former: [Int: [Event]]

    /// The zone of the mailbox's owner.
    var zone: Zone { .home }

    /// The event of a number, the first of twins; nil where it is gone or never was.
    func event(_ number: Int) -> Event? {
        var low = 0
        var high = events.count
        while low < high {
            let middle = (low + high) / 2
            if events[middle].number < number { low = middle + 1 } else { high = middle }
        }
        return low < events.count && events[low].number == number ? events[low] : nil
    }

    /// The event of a number as it stood at a revision; nil where it was gone or not yet made.
    func event(_ number: Int, at revision: Int) -> Event? {
        if deleted.contains(where: { $0.number == number && $0.revision <= revision }) {
            return nil
        }
        let versions = (former[number] ?? []) + (event(number).map { [$0] } ?? [])
        return versions.last { $0.revision <= revision }
    }

    /// Events changed or made after a revision.
    func changed(since revision: Int) -> [Event] {
        events.filter { $0.revision > revision }
    }

    /// The numbers of events deleted after a revision.
    func deleted(since revision: Int) -> [Int] {
        deleted.filter { $0.revision > revision }.map(\.number)
    }
}
