import HTTPServing
import Synchronization

/// How often a sync state was lost.
private let goneCount = Atomic(0)

/// Rounds of changes (calendar-apis.md 1.1).
extension GraphCalendar {
    func delta(_ preferences: GraphPreferences) -> ServerAnswer {
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
            let number = goneCount.add(1, ordering: .relaxed).oldValue
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

    private func page(_ token: DeltaToken, _ preferences: GraphPreferences) -> ServerAnswer {
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
