import HTTPServing

/// A booking in the form that the three protocols and our own sources are compared in: JSON with
/// sorted keys. Subject and location are null where there is none.
struct NormalisedEvent: Sendable {
    let mailbox: String
    let start: String
    let end: String
    let isAllDay: Bool
    let details: EventDetails

    init(_ occurrence: Occurrence, mailbox: String) {
        self.mailbox = mailbox
        isAllDay = occurrence.event.isAllDay
        details = occurrence.details
        if isAllDay {
            start = occurrence.start.day.description
            end = occurrence.end.day.description
        } else {
            start = "\(occurrence.instants.lowerBound.utc)Z"
            end = "\(occurrence.instants.upperBound.utc)Z"
        }
    }

    /// What a mailbox holds within a window, by start and subject.
    static func all(in mailbox: Mailbox, overlapping window: Range<Instant>) -> [NormalisedEvent] {
        mailbox.events.flatMap { $0.occurrences(overlapping: window) }
            .map { NormalisedEvent($0, mailbox: mailbox.address) }
            .sorted { $0.precedes($1) }
    }

    private func precedes(_ other: NormalisedEvent) -> Bool {
        for (left, right) in [
            (start, other.start), (details.subject ?? "", other.details.subject ?? ""),
            (end, other.end),
        ] where left != right {
            return left.utf8.lexicographicallyPrecedes(right.utf8)
        }
        return false
    }

    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.member("all_day", isAllDay)
            $0.member("cancelled", details.isCancelled)
            $0.member("choice", details.choice)
            $0.member("end", end)
            $0.member("location", details.location)
            $0.member("mailbox", mailbox)
            $0.member("response", details.response.rawValue)
            $0.member("sensitivity", details.sensitivity.rawValue)
            $0.member("show_as", details.showAs.rawValue)
            $0.member("start", start)
            $0.member("subject", details.subject)
        }
    }
}
