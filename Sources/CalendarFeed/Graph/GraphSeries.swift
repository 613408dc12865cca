import AbsenceModel
import Web

/// What is known of a recurring series: its occurrences and exceptions in the window.
struct GraphSeries: Sendable {
    /// The master's identifier; it names the resource.
    var id: String
    var master: GraphEvent?
    /// True where the master was asked for by itself, so that it also tells its choice.
    var isMasterWhole = false
    /// Occurrences and exceptions.
    var events: [GraphEvent] = []
    /// The version mark that is stored.
    var storedMark: String?

    var mark: String {
        master?.mark ?? storedMark ?? GraphMark.unknown
    }
}

extension GraphRound {
    /// What a round told of an event or series that is read afresh.
    enum Evidence: Sendable {
        /// A row later than all that is known: it is there.
        case news
        /// Rows that may be replayed: it is looked up in the calendar, but the one answer that it
        /// is not found takes nothing away.
        case rows
        /// Nothing, or that it is removed: it is gone where it is not found.
        case nothing
    }

    /// Makes bookings of a series. Occurrences without content take it from the master, which is
    /// asked for where it did not come; exceptions without content are asked for one by one.
    func findings(of series: GraphSeries) async throws -> GraphFindings {
        var findings = GraphFindings(covered: [series.id])
        var series = series
        if needsMaster(series) {
            let (found, byteCount) = try await event(series.id)
            findings.byteCount += byteCount
            switch found {
            case .found(let master):
                series.master = master
            case .gone:
                // Its occurrences were listed a moment ago.
                findings.covered = []
                findings.leaveUnread(series.id, mark: series.mark, because: Self.contradiction)
                return findings
            case .unreadable(let reason):
                findings.covered = []
                findings.leaveUnread(series.id, mark: series.mark, because: reason)
                return findings
            }
        }
        let (exceptions, others) = series.events.partitioned(by: needsQuestion)
        for event in others { add(event, of: series, to: &findings) }
        let found = try await exceptions.inParallel(atMost: GraphBatcher.partsUnderWay) {
            try await event($0.id)
        }
        for (exception, (found, byteCount)) in zip(exceptions, found) {
            findings.byteCount += byteCount
            switch found {
            case .found(let event):
                bookings.add(event, of: series, to: &findings)
            case .gone:
                continue
            case .unreadable(let reason):
                findings.leaveUnread(
                    series.id,
                    key: "\(series.id)/\(exception.id)",
                    mark: series.mark,
                    because: reason
                )
            }
        }
        return findings
    }

    /// Reads a series afresh, all its occurrences and exceptions in the window.
    ///
    /// - Parameters:
    ///   - master: as a row told it now, or nil.
    ///   - isMasterWhole: true where it was asked for by itself.
    func seriesFindings(
        _ id: String,
        master: GraphEvent?,
        isMasterWhole: Bool = false,
        _ evidence: Evidence
    ) async throws -> GraphFindings {
        let stored = request.knownResources[id]
        let rows: GraphRows
        switch try await instances(of: id) {
        case .found(let found):
            rows = found
        case .gone:
            return notFound(id, evidence)
        case .unreadable(let reason):
            var findings = GraphFindings()
            findings.leaveUnread(id, mark: stored ?? GraphMark.unknown, because: reason)
            return findings
        }
        var findings = GraphFindings(byteCount: rows.byteCount)
        guard rows.namelessCount == 0 else {
            findings.leaveUnread(
                id,
                mark: stored ?? GraphMark.unknown,
                because: "some of its events came without an id; a later load asks again"
            )
            return findings
        }
        let events = rows.latest.filter { $0.kind != .master }
        if evidence != .news, let first = events.first {
            let (isThere, byteCount) = try await isInCalendar(first)
            findings.byteCount += byteCount
            guard isThere else {
                findings.covered = [id]
                return findings
            }
        }
        findings += try await self.findings(
            of: GraphSeries(
                id: id,
                master: master,
                isMasterWhole: isMasterWhole,
                events: events,
                storedMark: stored
            )
        )
        return findings
    }

    /// Reads an event or a series afresh, known by its identifier alone.
    func findings(of id: String, _ evidence: Evidence) async throws -> GraphFindings {
        var findings = GraphFindings()
        let (found, byteCount) = try await event(id)
        findings.byteCount = byteCount
        switch found {
        case .gone:
            findings += notFound(id, evidence)
        case .unreadable(let reason):
            let mark = request.knownResources[id] ?? GraphMark.unknown
            findings.leaveUnread(id, mark: mark, because: reason)
        case .found(let event) where event.kind == .master:
            findings += try await seriesFindings(
                id,
                master: event,
                isMasterWhole: true,
                evidence == .news ? .news : .rows
            )
        case .found(let event):
            if let master = event.masterID {
                // It has become one of a series.
                findings += try await seriesFindings(
                    master,
                    master: nil,
                    evidence == .news ? .news : .rows
                )
                if findings.unread.contains(master) {
                    findings += notFound(id, .rows)
                } else {
                    findings.covered.append(id)
                }
                return findings
            }
            var single = GraphFindings(covered: [id])
            bookings.add(event, to: &single)
            if evidence != .news, !single.bookings.isEmpty {
                let (isThere, byteCount) = try await isInCalendar(event)
                findings.byteCount += byteCount
                if !isThere { single = GraphFindings(covered: [id]) }
            }
            findings += single
        }
        return findings
    }

    /// What it means that an event or series is not found.
    private func notFound(_ id: String, _ evidence: Evidence) -> GraphFindings {
        if evidence == .nothing { return GraphFindings(covered: [id]) }
        var findings = GraphFindings()
        findings.leaveUnread(
            id,
            mark: request.knownResources[id] ?? GraphMark.unknown,
            because: Self.contradiction
        )
        return findings
    }

    /// Two answers that contradict each other are no whole view: what is stored stays, and the
    /// next round, where no row tells of it, decides.
    private static let contradiction = "it was listed and is not found; a later load asks again"

    /// Whether the rows of a series leave something to be asked for.
    func needsQuestions(_ series: GraphSeries) -> Bool {
        needsMaster(series) || series.events.contains(where: needsQuestion)
    }

    private func needsQuestion(_ event: GraphEvent) -> Bool {
        event.kind == .exception && event.isBare
    }

    /// Adds the bookings of a series whose rows leave nothing to be asked for.
    func tell(_ series: GraphSeries, to findings: inout GraphFindings) {
        findings.covered.append(series.id)
        for event in series.events { add(event, of: series, to: &findings) }
    }

    /// Where choices are used, the master tells that of the whole series.
    private func needsMaster(_ series: GraphSeries) -> Bool {
        if series.isMasterWhole { return false }
        let occurrences = series.events.lazy.filter { $0.kind != .exception }
        if calendar.query.choiceProperty != nil, !occurrences.isEmpty { return true }
        return series.master?.isBare ?? true && occurrences.contains(where: \.isBare)
    }

    private func add(_ event: GraphEvent, of series: GraphSeries, to findings: inout GraphFindings)
    {
        var event = event
        if let master = series.master, event.kind != .exception {
            if event.isBare { event.complete(from: master) }
            event.details.choice = event.details.choice ?? master.details.choice
        }
        bookings.add(event, of: series, to: &findings)
    }
}

extension Array {
    fileprivate func partitioned(by isFirst: (Element) -> Bool) -> ([Element], [Element]) {
        (filter(isFirst), filter { !isFirst($0) })
    }
}
