import Synchronization

/// All mailboxes. Each is generated when it is asked for; kept are only changes, and for a
/// while the mailboxes asked for last.
final class Organisation: Sendable {
    let settings: OrganisationSettings
    private let state = Mutex(State())

    private struct State {
        var revision = 0
        var changes: [Int: MailboxChanges] = [:]
        var recent = RecentMailboxes()
    }

    init(_ settings: OrganisationSettings) {
        self.settings = settings
    }

    /// The number of the last change. What is generated is of revision 0.
    var revision: Int { state.withLock { $0.revision } }

    /// How many mailboxes there are, special ones counted.
    var mailboxCount: Int {
        settings.mailboxCount + (settings.hasSpecials ? SpecialMailbox.allCases.count : 0)
    }

    /// The number of a mailbox: `user7@exempel.example` is 7. Letter case does not count.
    func number(of address: String) -> Int? {
        let sides = address.lowercased().split(separator: "@")
        guard sides.count == 2, sides[1] == OrganisationSettings.domain else { return nil }
        if sides[0].hasPrefix("user"), let number = Int(sides[0].dropFirst(4)) {
            return 1...max(settings.mailboxCount, 1) ~= number && number <= settings.mailboxCount
                ? number : nil
        }
        guard settings.hasSpecials, let special = SpecialMailbox(rawValue: String(sides[0])) else {
            return nil
        }
        return SpecialMailbox.allCases.firstIndex(of: special).map {
            settings.mailboxCount + 1 + $0
        }
    }

    /// The address of a mailbox, in lower case.
    func address(of number: Int) -> String {
        let name = special(number).map(\.rawValue) ?? "user\(number)"
        return "\(name)@\(OrganisationSettings.domain)"
    }

    /// The mailbox of an address as it stands now; nil where there is none.
    func mailbox(at address: String) -> Mailbox? {
        number(of: address).map { mailbox($0) }
    }

    /// The mailbox of a number as it stands now.
    func mailbox(_ number: Int) -> Mailbox {
        let (recent, changes) = state.withLock { ($0.recent[number], $0.changes[number]) }
        if let recent { return recent }
        let base = base(number)
        let mailbox = Mailbox(
            number: number,
            address: address(of: number),
            events: changes?.applied(to: base) ?? base,
            deleted: changes?.deleted.map { ($0.key, $0.value) }.sorted { $0.0 < $1.0 } ?? [],
            former: changes?.former(base) ?? [:]
        )
        state.withLock { state in
            // Not where it was changed meanwhile.
            if state.changes[number]?.revision == changes?.revision {
                state.recent[number] = mailbox
            }
        }
        return mailbox
    }

    /// Changes one mailbox in a revision of its own.
    ///
    /// - Parameter change: Gets the mailbox as it stands, its changes and the new revision.
    func change<Result>(
        _ number: Int,
        _ change: (Mailbox, inout MailboxChanges, Int) throws -> Result
    ) rethrows -> Result {
        let mailbox = mailbox(number)
        return try state.withLock { state in
            state.revision += 1
            var changes = state.changes[number] ?? MailboxChanges()
            let result = try change(mailbox, &changes, state.revision)
            changes.revision = state.revision
            state.changes[number] = changes
            state.recent[number] = nil
            return result
        }
    }

    /// Makes numbers that differ with each revision, for choosing what to change.
    func random() -> RandomNumbers {
        RandomNumbers(seed: settings.seed &+ 0xD1B5_4A32_D192_ED03 &* UInt64(revision + 1))
    }

    /// A booking such as the generator makes, for a mailbox that gets one more.
    func newEvent(number: Int, mailbox: Int) -> Event {
        var generator = MailboxGenerator(settings, mailbox: mailbox &+ number << 32, special: nil)
        return generator.single(number: number)
    }

    private func base(_ number: Int) -> [Event] {
        var generator = MailboxGenerator(settings, mailbox: number, special: special(number))
        return generator.generate()
    }

    private func special(_ number: Int) -> SpecialMailbox? {
        let index = number - settings.mailboxCount - 1
        return SpecialMailbox.allCases.indices ~= index ? SpecialMailbox.allCases[index] : nil
    }
}

/// How a mailbox differs from what is generated.
struct MailboxChanges: Sendable {
    /// Events changed or made, by number.
    var events: [Int: Event] = [:]
    /// Events gone: number to revision.
    var deleted: [Int: Int] = [:]
    /// Versions that were changed once more, or deleted, by number, oldest first.
    private var replaced: [Int: [Event]] = [:]
    /// That of the last change.
    fileprivate(set) var revision = 0

    /// Puts an event in the place of the one of its number, or beside all others.
    mutating func put(_ event: Event, revision: Int) {
        var event = event
        event.revision = revision
        replace(event.number, by: event)
    }

    mutating func delete(_ number: Int, revision: Int) {
        replace(number, by: nil)
        deleted[number] = revision
    }

    private mutating func replace(_ number: Int, by event: Event?) {
        if let former = events[number] { replaced[number, default: []].append(former) }
        events[number] = event
    }

    /// All earlier versions of the events changed or deleted, that of `base` among them.
    fileprivate func former(_ base: [Event]) -> [Int: [Event]] {
        var former = replaced
        for event in base where events[event.number] != nil || deleted[event.number] != nil {
            former[event.number, default: []].insert(event, at: 0)
        }
        return former
    }

    fileprivate func applied(to base: [Event]) -> [Event] {
        var all = base.filter { events[$0.number] == nil && deleted[$0.number] == nil }
        all.append(contentsOf: events.values)
        return all.sorted { $0.number < $1.number }
    }
}

/// The mailboxes that were asked for last, so that a client that reads one page by page does
/// not have it generated over and over.
private struct RecentMailboxes {
    private static let most = 64
    private var mailboxes: [Int: Mailbox] = [:]
    private var order: [Int] = []
    private var next = 0

    subscript(number: Int) -> Mailbox? {
        get { mailboxes[number] }
        set {
            guard let newValue else {
                mailboxes[number] = nil
                return
            }
            if mailboxes.updateValue(newValue, forKey: number) != nil { return }
            if order.count < Self.most {
                order.append(number)
            } else {
                if order[next] != number { mailboxes[order[next]] = nil }
                order[next] = number
                next = (next + 1) % Self.most
            }
        }
    }
}
