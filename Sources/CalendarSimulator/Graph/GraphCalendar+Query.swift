import HTTPServing

/// How many rows a page has.
private enum GraphPageSize {
    /// Where nothing is asked: events come by 10, as Microsoft says in its forum
    /// (learn.microsoft.com/answers/a/1488109). For a delta no document says a number.
    static let usual = 10
    static let largest = 1000
}

/// What the query asks for, and links that ask for more.
extension GraphCalendar {
    func writer(_ preferences: GraphPreferences) -> GraphEventWriter {
        GraphEventWriter(
            mailbox: mailbox,
            preferences: preferences,
            hasFullText: simulation.access.isFull
        )
    }

    /// With `$select` and `$expand`, of which Calendars.ReadBasic allows neither bodies nor
    /// extended properties.
    func chosenWriter(
        _ preferences: GraphPreferences
    ) -> (GraphEventWriter, ServerAnswer?) {
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

    static var noWindow: ServerAnswer {
        GraphError.badRequest(
            "ErrorInvalidParameter",
            "This request requires a time window specified by the query string parameters "
                + "StartDateTime and EndDateTime."
        )
    }

    func window() -> Range<Instant>? {
        guard let start = parameter("startDateTime").flatMap({ Instant(iso: $0) }),
            let end = parameter("endDateTime").flatMap({ Instant(iso: $0) }), start < end
        else { return nil }
        return start..<end
    }

    func parameter(_ name: String) -> String? {
        let name = name.lowercased()
        return request.query.first { $0.name.lowercased() == name }?.value
    }

    func size(_ asked: Int?) -> Int {
        min(max(asked ?? GraphPageSize.usual, 1), GraphPageSize.largest)
    }

    func link(_ query: String) -> String {
        "\(request.origin)\(request.path)?\(query)"
    }

    func link(skipping count: Int) -> String {
        let kept = request.target.split(separator: "?", maxSplits: 1).dropFirst().first ?? ""
        let others = kept.split(separator: "&").filter {
            !$0.lowercased().hasPrefix("$skip=") && !$0.lowercased().hasPrefix("%24skip=")
        }
        return link((others.map(String.init) + ["$skip=\(count)"]).joined(separator: "&"))
    }
}
