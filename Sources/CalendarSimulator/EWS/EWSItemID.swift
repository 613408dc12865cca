import Foundation

/// What an item is known by: which event of which mailbox, and which occurrence of it.
///
/// As in Exchange no two items have one id: of the twins, which share a number and so a UID, the
/// second says so.
struct EWSItemID: Hashable, Sendable {
    var mailbox: Int
    var event: Int
    /// 0, or 1 for the second event of one number.
    var twin = 0
    /// The day of an occurrence; nil for a single item or a master.
    var day: Day?

    /// In the form of Exchange's ids, which nobody is to look into.
    var text: String {
        var fields = ["item", String(mailbox), String(event), String(twin)]
        if let day { fields.append(String(day.number)) }
        return Data(fields.joined(separator: " ").utf8).base64EncodedString()
    }

    init(mailbox: Int, event: Int, twin: Int = 0, day: Day? = nil) {
        self.mailbox = mailbox
        self.event = event
        self.twin = twin
        self.day = day
    }

    /// Nil where `text` is none of our ids.
    init?(_ text: String) {
        guard let data = Data(base64Encoded: text) else { return nil }
        let fields = String(decoding: data, as: UTF8.self).split(separator: " ")
        let numbers = fields.dropFirst().compactMap { Int($0) }
        guard fields.first == "item", 3...4 ~= numbers.count, numbers.count == fields.count - 1
        else { return nil }
        mailbox = numbers[0]
        event = numbers[1]
        twin = numbers[2]
        day = numbers.count == 4 ? Day(numbers[3]) : nil
    }
}

extension Mailbox {
    /// The events with the ids of their items.
    var items: [(id: EWSItemID, event: Event)] {
        var last: Int?
        var twin = 0
        return events.map { event in
            twin = event.number == last ? twin + 1 : 0
            last = event.number
            return (EWSItemID(mailbox: number, event: event.number, twin: twin), event)
        }
    }

    /// What an id stands for: an event, and an occurrence of it; nil where it is gone.
    func occurrence(of id: EWSItemID) -> Occurrence? {
        guard id.mailbox == number, var event = event(id.event) else { return nil }
        if id.twin > 0 {
            let same = events.filter { $0.number == id.event }
            guard same.indices.contains(id.twin) else { return nil }
            event = same[id.twin]
        }
        guard let day = id.day else { return Occurrence(event) }
        if event.exceptions[day] != nil, !event.deletedDays.contains(day) {
            return Occurrence(event, on: day)
        }
        return event.occurrence(on: day)
    }
}
