import NIOHTTP1
import Synchronization

/// What is asked of one mailbox's calendar.
struct GraphCalendar {
    /// How many rows a page has where nothing is asked: events come by 10, as Microsoft says in
    /// its forum (learn.microsoft.com/answers/a/1488109). For a delta no document says a number.
    private static let defaultPageSize = 10
    private static let largestPageSize = 1000

    private static let goneCount = Atomic(0)

    let simulation: Simulation
    let request: SimulatedRequest
    let mailbox: Mailbox

    /// - Parameter parts: Of the path, behind `users/{id}`.
    func answer(_ parts: [String]) -> SimulatedAnswer {
        guard let preferences = GraphPreferences(request.headers["Prefer"]) else {
            return GraphError.badRequest(
                "TimeZoneNotSupportedException",
                "The time zone of the Prefer header is unknown."
            )
        }
        guard request.method == "GET" else { return GraphError.accessDenied }
        var answer = answer(parts, preferences)
        if answer.status == 200, !preferences.applied.isEmpty {
            answer.headers.append(
                ("Preference-Applied", preferences.applied.joined(separator: ", "))
            )
        }
        return answer
    }

    private func answer(_ parts: [String], _ preferences: GraphPreferences) -> SimulatedAnswer {
        var parts = parts[...]
        let calendarID = "AAMkCal-\(mailbox.number)="
        switch parts.first {
        case nil: return Users.answer(mailbox.number, simulation.organisation)
        case "calendar":
            parts = parts.dropFirst()
            if parts.isEmpty { return .json { writeCalendar(calendarID, to: &$0) } }
        case "calendars":
            guard parts.count > 1 else {
                return .json { json in
                    json.object {
                        $0.member("value") { $0.array { writeCalendar(calendarID, to: &$0) } }
                    }
                }
            }
            guard parts[parts.startIndex + 1] == calendarID else { return GraphError.noSuchItem }
            parts = parts.dropFirst(2)
            if parts.isEmpty { return .json { writeCalendar(calendarID, to: &$0) } }
        default: break
        }
        let rest = Array(parts)
        switch (rest.first, rest.count) {
        case ("calendarView", 1): return view(preferences)
        case ("calendarView", 2)
        where ["delta", "delta()", "microsoft.graph.delta()"].contains(rest[1]):
            return delta(preferences)
        case ("events", 2): return event(rest[1], preferences)
        case ("events", 3) where rest[2] == "instances": return instances(rest[1], preferences)
        default: return GraphError.notSupported
        }
    }

    private func writeCalendar(_ id: String, to json: inout JSONWriter) {
        json.object {
            $0.member("id", id)
            $0.member("name", "Kalender")
            $0.member("isDefaultCalendar", true)
        }
    }

    // MARK: - Delta

    private func delta(_ preferences: GraphPreferences) -> SimulatedAnswer {
        let refused = ["$orderby", "$filter", "$select", "$expand", "$search"]
        for (name, _) in request.query where refused.contains(name.lowercased()) {
            return GraphError.badRequest(
                "ErrorInvalidUrlQuery",
                "The following parameters are not supported with change tracking over the "
                    + "'CalendarView' resource: '\(refused.joined(separator: ", "))'."
            )
        }
        guard parameter("$top") == nil else {
            return GraphError.badRequest(
                "ErrorInvalidUrlQuery",
                "The '$top' parameter is not supported with change tracking over the "
                    + "'CalendarView' resource as page size cannot be guaranteed. Express page "
                    + "size preferences using the Prefer: odata.maxpagesize= header instead."
            )
        }
        let text = parameter("$skiptoken") ?? parameter("$deltatoken")
        let strikes = { simulation.faults.strike($0, .graph, mailbox: mailbox.address) }
        if text != nil, strikes(Fault.Name.gone) {
            let number = Self.goneCount.add(1, ordering: .relaxed).oldValue
            return GraphError.gone(number, emptyToken: link("$deltatoken=latest"))
        }
        var token: DeltaToken
        if let text {
            guard let known = DeltaToken(text, mailbox: mailbox.number) else {
                return GraphError.badRequest("SyncStateInvalid", "The sync state is invalid.")
            }
            token = known
        } else {
            guard let window = window() else { return Self.noWindow }
            token = DeltaToken(
                mailbox: mailbox.number,
                window: window,
                since: nil,
                round: 0
            )
        }
        if parameter("$skiptoken") == nil {
            token.round = simulation.organisation.revision
            token.flags = DeltaToken.Flags(striking: strikes)
        }
        return page(token, preferences)
    }

    private func page(_ token: DeltaToken, _ preferences: GraphPreferences) -> SimulatedAnswer {
        var json = JSONWriter(capacity: 16 << 10)
        var next: DeltaToken?
        json.object { json in
            json.member("@odata.context", "\(request.origin)/v1.0/$metadata#Collection(event)")
            json.member("value") {
                $0.array { json in
                    let page = DeltaPage(
                        mailbox: mailbox,
                        token: token,
                        writer: writer(preferences),
                        pageSize: size(preferences.pageSize)
                    )
                    next = page.writeRows(to: &json)
                }
            }
            if let next {
                json.member("@odata.nextLink", link("$skiptoken=\(next.text)"))
            } else {
                json.member("@odata.deltaLink", link("$deltatoken=\(token.next.text)"))
            }
        }
        return .json(written: json)
    }

    // MARK: - Views

    private func view(_ preferences: GraphPreferences) -> SimulatedAnswer {
        guard let window = window() else { return Self.noWindow }
        return list(mailbox.events.flatMap { $0.occurrences(overlapping: window) }, preferences)
    }

    private func instances(_ id: String, _ preferences: GraphPreferences) -> SimulatedAnswer {
        guard let window = window() else { return Self.noWindow }
        guard let id = GraphID(id, mailbox: mailbox.number), id.day == nil,
            let event = mailbox.event(id.number)
        else { return GraphError.noSuchItem }
        guard event.recurrence != nil else {
            return GraphError.badRequest("ErrorInvalidRequest", "The event is no series master.")
        }
        return list(event.occurrences(overlapping: window), preferences)
    }

    private func list(
        _ occurrences: [Occurrence],
        _ preferences: GraphPreferences
    ) -> SimulatedAnswer {
        let (writer, refusal) = chosenWriter(preferences)
        if let refusal { return refusal }
        let skipped = parameter("$skip").flatMap { Int($0) } ?? 0
        let size = size(parameter("$top").flatMap { Int($0) } ?? preferences.pageSize)
        let sorted = occurrences.sorted { $0.instants.lowerBound < $1.instants.lowerBound }
        let rows = sorted.dropFirst(skipped).prefix(size)
        return .json { json in
            json.object { json in
                json.member("@odata.context", "\(request.origin)/v1.0/$metadata#events")
                json.member("value") {
                    $0.array { json in
                        for row in rows { writer.write(row, Self.kind(of: row), to: &json) }
                    }
                }
                if skipped + rows.count < sorted.count {
                    json.member("@odata.nextLink", link(skipping: skipped + rows.count))
                }
            }
        }
    }

    // MARK: - One event

    private func event(_ text: String, _ preferences: GraphPreferences) -> SimulatedAnswer {
        let (writer, refusal) = chosenWriter(preferences)
        if let refusal { return refusal }
        guard let id = GraphID(text, mailbox: mailbox.number), let event = mailbox.event(id.number)
        else { return GraphError.noSuchItem }
        let isSeries = event.recurrence != nil
        guard let day = id.day else {
            return .json {
                writer.write(
                    Occurrence(event),
                    isSeries ? .seriesMaster : .singleInstance,
                    to: &$0
                )
            }
        }
        guard isSeries, let occurrence = event.occurrence(on: day) else {
            return GraphError.noSuchItem
        }
        return .json { writer.write(occurrence, Self.kind(of: occurrence), to: &$0) }
    }

    private static func kind(of occurrence: Occurrence) -> GraphEventWriter.Kind {
        guard occurrence.event.recurrence != nil else { return .singleInstance }
        return occurrence.isException ? .exception : .occurrence
    }

    // MARK: - The query

    private func writer(_ preferences: GraphPreferences) -> GraphEventWriter {
        GraphEventWriter(
            mailbox: mailbox,
            preferences: preferences,
            hasFullText: simulation.access.isFull
        )
    }

    /// With `$select` and `$expand`, of which Calendars.ReadBasic allows neither bodies nor
    /// extended properties.
    private func chosenWriter(
        _ preferences: GraphPreferences
    ) -> (GraphEventWriter, SimulatedAnswer?) {
        var writer = writer(preferences)
        if let fields = parameter("$select") {
            let selected = Set(fields.split(separator: ",").map { String($0.filter { $0 != " " }) })
            if !simulation.access.isFull, !selected.isDisjoint(with: ["body", "bodyPreview"]) {
                return (writer, GraphError.accessDenied)
            }
            writer.selected = selected
        }
        if let expansion = parameter("$expand") {
            guard expansion.hasPrefix("singleValueExtendedProperties("),
                let begin = expansion.firstIndex(of: "'"),
                let end = expansion.lastIndex(of: "'"), begin < end
            else { return (writer, GraphError.notSupported) }
            guard simulation.access.isFull else { return (writer, GraphError.accessDenied) }
            // Every named property of type String holds the choice.
            writer.extendedProperty = String(expansion[expansion.index(after: begin)..<end])
        }
        return (writer, nil)
    }

    private static let noWindow = GraphError.badRequest(
        "ErrorInvalidParameter",
        "This request requires a time window specified by the query string parameters "
            + "StartDateTime and EndDateTime."
    )

    private func window() -> Range<Instant>? {
        guard let start = parameter("startDateTime").flatMap({ Instant(iso: $0) }),
            let end = parameter("endDateTime").flatMap({ Instant(iso: $0) }), start < end
        else { return nil }
        return start..<end
    }

    private func parameter(_ name: String) -> String? {
        let name = name.lowercased()
        return request.query.first { $0.name.lowercased() == name }?.value
    }

    private func size(_ asked: Int?) -> Int {
        min(max(asked ?? Self.defaultPageSize, 1), Self.largestPageSize)
    }

    private func link(_ query: String) -> String {
        "\(request.origin)\(request.path)?\(query)"
    }

    private func link(skipping count: Int) -> String {
        let kept = request.target.split(separator: "?", maxSplits: 1).dropFirst().first ?? ""
        let others = kept.split(separator: "&").filter {
            !$0.lowercased().hasPrefix("$skip=") && !$0.lowercased().hasPrefix("%24skip=")
        }
        return link((others.map(String.init) + ["$skip=\(count)"]).joined(separator: "&"))
    }
}

extension DeltaToken.Flags {
    /// The faults that strike a round when it begins.
    fileprivate init(striking strikes: (Fault.Name) -> Bool) {
        self = []
        if strikes(.endlessPages) { insert(.endless) }
        if strikes(.replayedPages) { insert(.replayed) }
        if strikes(.reorderedPages) { insert(.reordered) }
        if strikes(.lateMaster) { insert(.lateMaster) }
        if strikes(.missingMaster) { insert(.missingMaster) }
        if strikes(.falseRemoved) { insert(.falseRemoved) }
        if strikes(.twins) { insert(.twins) }
    }
}
