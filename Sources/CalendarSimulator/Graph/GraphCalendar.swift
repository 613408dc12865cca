import HTTPServing
import NIOHTTP1

/// What is asked of one mailbox's calendar.
struct GraphCalendar {
    let simulation: Simulation
    let request: ServerRequest
    let mailbox: Mailbox

    /// - Parameter parts: Of the path, behind `users/{id}`.
    func answer(_ parts: [String]) -> ServerAnswer {
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

    private func answer(_ parts: [String], _ preferences: GraphPreferences) -> ServerAnswer {
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

    // MARK: - Views

    private func view(_ preferences: GraphPreferences) -> ServerAnswer {
        guard let window = window() else { return Self.noWindow }
        return list(mailbox.events.flatMap { $0.occurrences(overlapping: window) }, preferences)
    }

    private func instances(_ id: String, _ preferences: GraphPreferences) -> ServerAnswer {
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
    ) -> ServerAnswer {
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

    private func event(_ text: String, _ preferences: GraphPreferences) -> ServerAnswer {
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
}
