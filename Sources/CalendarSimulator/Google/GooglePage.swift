import HTTPServing

/// One page of a list.
struct GooglePage {
    var rows: [GoogleRow]
    var next: GooglePageToken?

    /// The rows of a list that belong on the page asked for. Of a list of several pages the second
    /// is empty and others are short, as Google's may be.
    init(_ all: [GoogleRow], _ query: GoogleListQuery) {
        let begin = query.page.after.map { after in
            all.firstIndex { $0.place > after } ?? all.count
        }
        let rest = all[(begin ?? 0)...]
        let most =
            switch query.page.number % 4 {
            case 1: 0
            case 3: max(1, query.maxResults / 2)
            default: query.maxResults
            }
        rows = Array(rest.prefix(query.page.isReplay ? query.maxResults : most))
        if rows.count < rest.count, !query.page.isReplay {
            next = query.page.following(after: rows.last?.place)
        }
    }

    /// An older version of the first event, which began an hour earlier, under the same id.
    mutating func addTwin() {
        guard var twin = rows.first(where: \.isEvent) else { return }
        twin.age = 60
        twin.shift = 60
        rows.append(twin)
    }

    /// The first event is told as removed before it is told to stand.
    mutating func addFalseRemoval(_ mailbox: Mailbox) {
        guard let index = rows.firstIndex(where: \.isEvent) else { return }
        var removal = rows[index].removed(mailbox.number, isSeriesTold: true)
        removal.age = 60
        rows.insert(removal, at: index)
    }

    func answer(_ query: GoogleListQuery, _ mailbox: Mailbox) -> ServerAnswer {
        let mask = query.mask
        return .json { json in
            json.object { json in
                if mask.has("kind") { json.member("kind", "calendar#events") }
                if mask.has("etag") { json.member("etag", "\"kk\"") }
                if mask.has("summary") { json.member("summary", mailbox.address) }
                if mask.has("timeZone") { json.member("timeZone", mailbox.zone.name) }
                if mask.has("accessRole") { json.member("accessRole", "owner") }
                if let next {
                    if mask.has("nextPageToken") {
                        json.member("nextPageToken", next.text(query.question))
                    }
                } else if query.isTracked, mask.has("nextSyncToken") {
                    json.member("nextSyncToken", query.nextSyncToken(mailbox))
                }
                guard let items = mask["items"] else { return }
                json.member("items") {
                    $0.array { json in
                        for row in rows {
                            row.write(to: &json, items, mailbox, maxAttendees: query.maxAttendees)
                        }
                    }
                }
            }
        }
    }
}
