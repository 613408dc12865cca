import AbsenceModel
import Web

/// What the pages of one round brought together.
struct GoogleRound: Sendable {
    /// The rows that hold, by the id of the event.
    private var rows: [String: GoogleRow] = [:]
    /// Where the next round starts; nil where the server did not say.
    var syncToken: String?
    var byteCount = 0
    /// Items that cannot be told apart from others.
    private var namelessCount = 0
    /// Series that are told to be deleted.
    private var deletedSeries: Set<String> = []
    /// True where no more than free and busy may be seen.
    private var isFreeBusyOnly = false

    /// Takes one page in.
    ///
    /// - Returns: the token of the page after it, or nil after the last.
    /// - Throws: ``RemoteFailure`` where this is no list of events. An empty object is not taken
    ///   for an empty calendar.
    mutating func take(_ page: JSONElement, reader: GoogleEventReader) throws -> String? {
        guard page["kind"]?.reads("calendar#events") == true else {
            throw RemoteFailure(
                .malformed,
                "its answer is no list of events: is the url in the settings right?"
            )
        }
        if page["accessRole"]?.reads("freeBusyReader") == true { isFreeBusyOnly = true }
        if let items = page["items"]?.values {
            for item in items {
                guard let row = reader.row(item) else {
                    namelessCount += 1
                    continue
                }
                if let other = rows[row.id], !row.holds(over: other) { continue }
                rows[row.id] = row
            }
        }
        syncToken = page["nextSyncToken"]?.string
        return page["nextPageToken"]?.string.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Series of which instances were deleted and none was told to stand: they may be deleted
    /// altogether. Google then tells no more than about six months of their instances
    /// (calendar-apis.md 3.1).
    var doubtfulSeries: [String] {
        var deleted: Set<String> = []
        var standing: Set<String> = []
        for row in rows.values {
            if case .cancelled = row.content {
                if let series = row.series ?? GoogleRow.series(ofInstance: row.id) {
                    deleted.insert(series)
                }
            } else if let series = row.series {
                standing.insert(series)
            }
        }
        return deleted.subtracting(standing).filter { rows[$0] == nil }.sorted()
    }

    mutating func delete(series: String) {
        deletedSeries.insert(series)
    }

    /// - Parameter isWhole: true after a full round, false where only changes were asked for.
    func answer(isWhole: Bool) -> LoadAnswer {
        var answer = LoadAnswer()
        var covered: Set<Coverage> = []
        for row in rows.values {
            switch row.content {
            case .booking(let booking, let note):
                answer.bookings.append(booking)
                if let note {
                    answer.broken.append(
                        BrokenBooking(
                            resource: row.resource,
                            key: row.resource,
                            reason: note,
                            isDegraded: true
                        )
                    )
                }
            case .broken(let reason):
                answer.broken.append(BrokenBooking(resource: row.resource, reason: reason))
                continue
            case .outside, .cancelled:
                break
            }
            covered.formUnion(row.coverage)
        }
        covered.formUnion(deletedSeries.map { .collection("\($0)/") })
        if namelessCount > 0 {
            answer.failures.append(
                "\(namelessCount) events came without an id: what is stored stays until they "
                    + "have one"
            )
        }
        if isFreeBusyOnly {
            answer.broken.append(
                BrokenBooking(
                    resource: "accessRole",
                    reason: "we may see free and busy only, so no titles and no codes: share "
                        + "the calendar with all details",
                    isDegraded: true
                )
            )
        }
        answer.coverage =
            isWhole && namelessCount == 0
            ? [.everything] : covered.sorted { $0.name < $1.name }
        answer.bookings.sort { $0.key < $1.key }
        answer.broken.sort { $0.resource < $1.resource }
        answer.byteCount = byteCount
        return answer
    }

    /// Whether a token may be kept: what came without an id is to be asked for again.
    var isAllNamed: Bool { namelessCount == 0 }
}

extension Coverage {
    fileprivate var name: String {
        switch self {
        case .everything: ""
        case .collection(let name), .resource(let name): name
        }
    }
}
