import AbsenceModel
import Web

extension GraphRound {
    /// Reads what changed since `cursor` was written, behind whose link `path` is.
    func changes(since cursor: GraphCursor, _ path: String) async throws -> End<LoadAnswer> {
        switch try await deltaRows(from: path) {
        case .lost: return .lost
        case .endless: return .endless
        case .done(let (rows, next)):
            return .done(try await answer(to: rows, next: next, since: cursor))
        }
    }

    private func answer(
        to rows: GraphRows,
        next: String,
        since cursor: GraphCursor
    ) async throws -> LoadAnswer {
        let changes = Changes(
            rows,
            since: cursor,
            known: request.knownResources,
            withChoices: calendar.query.choiceProperty != nil
        )
        var findings = GraphFindings(
            byteCount: rows.byteCount,
            namelessCount: rows.namelessCount
        )
        for event in changes.singles {
            findings.covered.append(event.id)
            bookings.add(event, to: &findings)
        }
        let series = try await changes.series.sorted { $0.key < $1.key }.inParallel(
            atMost: GraphBatcher.partsUnderWay
        ) {
            try await seriesFindings($0.key, master: $0.value.master, $0.value.evidence)
        }
        let rereads = try await changes.rereads.sorted { $0.key < $1.key }.inParallel(
            atMost: GraphBatcher.partsUnderWay
        ) {
            try await self.findings(of: $0.key, $0.value)
        }
        for part in series + rereads { findings += part }

        var end = cursor
        // What came without an identifier is to come again.
        if findings.namelessCount == 0 {
            end.path = next
            end.newest = changes.newest
        }
        return findings.answer(coverage: findings.covered.map(Coverage.resource), cursor: end)
    }
}

/// What the rows of a round mean for what is stored.
private struct Changes {
    /// Taken as they are told.
    var singles: [GraphEvent] = []
    /// Read afresh, by the master's identifier.
    var series: [String: (master: GraphEvent?, evidence: GraphRound.Evidence)] = [:]
    /// Asked for by their identifiers.
    var rereads: [String: GraphRound.Evidence] = [:]
    var newest: Int?

    init(
        _ rows: GraphRows,
        since cursor: GraphCursor,
        known: [String: String],
        withChoices: Bool
    ) {
        let removed = rows.removed
        newest = ([cursor.newest] + rows.events.map { $0.modified?.count }).compactMap { $0 }.max()
        /// True where the row is later than all that is known of its event, so that it cannot be
        /// a replay of what is gone or different since.
        func isNews(_ event: GraphEvent) -> Bool {
            guard let modified = event.modified?.count, !removed.contains(event.id) else {
                return false
            }
            if let mark = known[event.id] { return modified >= GraphMark.modified(of: mark) ?? 0 }
            return cursor.newest.map { modified > $0 } ?? true
        }
        for event in rows.latest {
            if event.kind == .master {
                let known = series[event.id]?.evidence ?? .nothing
                series[event.id] = (event, isNews(event) ? .news : known)
            } else if let master = event.masterID {
                var found = series[master] ?? (nil, .nothing)
                let isShown = !removed.contains(master) && !removed.contains(event.id)
                if isShown, found.evidence != .news { found.evidence = .rows }
                series[master] = found
            } else if withChoices || !isNews(event) || event.kind != .single {
                rereads[event.id] = isNews(event) ? .news : .nothing
            } else {
                singles.append(event)
            }
        }
        // A removal of what is not known is about something outside the window, or about one
        // occurrence or exception, whose series it does not name and nobody can be asked for. It
        // is not established whether the series comes again then (calendar-apis.md 8); where it
        // does not, the next full load sees it.
        for id in removed.union(cursor.unread) where series[id] == nil {
            if known[id] != nil || cursor.unread.contains(id) { rereads[id] = .nothing }
        }
        let read = Set(rereads.keys)
        singles.removeAll { read.contains($0.id) }
    }
}
