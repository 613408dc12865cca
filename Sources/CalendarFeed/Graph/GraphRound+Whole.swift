import AbsenceModel
import Foundation
import Web

extension GraphRound {
    /// Reads everything in the window.
    ///
    /// What is not in a whole round is gone: nothing is reported as removed in one
    /// (calendar-apis.md 1.1).
    func whole() async throws -> End<LoadAnswer> {
        switch try await deltaRows(from: calendar.query.delta(calendar.address, request.window)) {
        case .lost:
            return .lost
        case .endless:
            return .endless
        case .done(let (rows, next)):
            var events = rows.latest
            var (byteCount, namelessCount) = (rows.byteCount, rows.namelessCount)
            if calendar.query.choiceProperty != nil, !events.isEmpty {
                let choices = try await addChoices(to: &events)
                byteCount += choices.byteCount
                namelessCount += choices.namelessCount
            }
            var findings = try await findings(of: events, removed: rows.removed)
            findings.byteCount += byteCount
            findings.namelessCount += namelessCount
            var cursor = self.cursor(next)
            cursor.newest = rows.events.lazy.compactMap { $0.modified?.count }.max()
            return .done(answer(findings, cursor))
        }
    }

    /// Reads everything in the window as a view, which tells no changes: for mailboxes whose
    /// rounds never end.
    func snapshot() async throws -> LoadAnswer {
        let (address, window) = (calendar.address, request.window)
        switch try await calendar.rows({ $0.wholeView(address, window) }) {
        case .endless:
            throw calendar.endlessPages
        case .refused(let reply):
            throw calendar.failure(of: reply)
        case .whole(let rows):
            var findings = try await findings(of: rows.latest, removed: [])
            findings.byteCount += rows.byteCount
            findings.namelessCount += rows.namelessCount
            return answer(findings, cursor(nil))
        }
    }

    /// What has no identifier may be any of what is stored.
    private func answer(_ findings: GraphFindings, _ cursor: GraphCursor) -> LoadAnswer {
        findings.namelessCount == 0
            ? findings.answer(coverage: [.everything], cursor: cursor)
            : findings.answer(coverage: [], cursor: nil)
    }

    private func cursor(_ path: String?) -> GraphCursor {
        GraphCursor(
            address: request.address,
            query: calendar.query.mark(calendar.endpoint),
            window: request.window,
            path: path
        )
    }

    /// Makes bookings of all that is in the window.
    ///
    /// - Parameter removed: what is said to be removed, which may be false.
    private func findings(
        of events: [GraphEvent],
        removed: Set<String>
    ) async throws -> GraphFindings {
        var findings = GraphFindings()
        findings.reserve(events.count)
        var series: [String: GraphSeries] = [:]
        var doubted: [String: Evidence] = [:]
        for event in events {
            // Most rounds say of nothing that it is removed.
            let isRemoved = !removed.isEmpty && removed.contains(event.id)
            if let master = event.masterID ?? (event.kind == .master ? event.id : nil) {
                if isRemoved { doubted[master] = .nothing }
                if event.kind == .master {
                    series[master, default: GraphSeries(id: master)].master = event
                } else {
                    series[master, default: GraphSeries(id: master)].events.append(event)
                }
            } else if isRemoved || event.kind != .single {
                // An occurrence that does not name its series is asked for, too.
                doubted[event.id] = isRemoved ? .nothing : .rows
            } else {
                bookings.add(event, to: &findings)
            }
        }
        for id in removed where series[id] != nil { doubted[id] = .nothing }
        for id in doubted.keys where !removed.contains(id) {
            if series[id]?.events.contains(where: { !removed.contains($0.id) }) == true {
                doubted[id] = .rows
            }
        }

        let certain = series.values.filter { doubted[$0.id] == nil && !$0.events.isEmpty }
            .sorted { $0.id < $1.id }
        // Most need no question, and no task of their own.
        let asked = try await certain.filter(needsQuestions)
            .inParallel(atMost: GraphBatcher.partsUnderWay, self.findings(of:))
        var next = asked.makeIterator()
        for series in certain {
            guard needsQuestions(series) else {
                tell(series, to: &findings)
                continue
            }
            if let part = next.next() { findings += part }
        }
        let rereads = try await doubted.sorted { $0.key < $1.key }.inParallel(
            atMost: GraphBatcher.partsUnderWay
        ) {
            try await self.findings(of: $0.key, $0.value)
        }
        for part in rereads { findings += part }
        return findings
    }

    /// Reads the choices, which a delta cannot bring, of all that is in the window.
    ///
    /// - Returns: what came.
    private func addChoices(to events: inout [GraphEvent]) async throws -> GraphRows {
        let path = calendar.query.choices(calendar.address, request.window)
        switch try await calendar.rows(from: path) {
        case .endless:
            throw calendar.endlessPages
        case .refused(let reply):
            throw calendar.failure(of: reply)
        case .whole(let rows):
            let choices = Dictionary(
                rows.events.lazy.compactMap { event in
                    event.details.choice.map { (event.id, $0) }
                },
                uniquingKeysWith: { first, _ in first }
            )
            for index in events.indices {
                events[index].details.choice = choices[events[index].id]
            }
            return rows
        }
    }
}
