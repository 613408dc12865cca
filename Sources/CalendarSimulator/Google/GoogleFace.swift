import HTTPServing

/// Google Calendar API v3, as far as reading events goes, with its token endpoint
/// (calendar-apis.md 3).
struct GoogleFace: ProtocolFace {
    private static let root = ["calendar", "v3", "calendars"]

    let simulation: Simulation
    let key = GoogleKey()
    private let quotas: GoogleQuotas

    init(simulation: Simulation) {
        self.simulation = simulation
        quotas = GoogleQuotas(simulation)
    }

    func answer(_ request: ServerRequest) async -> ServerAnswer? {
        let parts = request.pathParts
        switch (request.method, parts) {
        case ("GET", [ControlFace.folder, "google-key"]):
            return key.file(origin: request.origin)
        case ("POST", ["token"]):
            simulation.counts.add(.token)
            return await GoogleTokenEndpoint(simulation: simulation, key: key).answer(request)
        case ("GET", _) where Array(parts.prefix(3)) == Self.root && parts.count > 4:
            simulation.counts.add(.google)
            if parts[4] == "events" { return await calendar(request, of: parts[3], parts[5...]) }
            return GoogleError.notFound.answer
        default:
            return nil
        }
    }

    private func calendar(
        _ request: ServerRequest,
        of calendar: String,
        _ rest: ArraySlice<String>
    ) async -> ServerAnswer {
        var address = calendar.lowercased()
        do throws(GoogleError) {
            guard
                let user = simulation.tokens.subject(
                    of: request.bearer,
                    for: .google,
                    mailbox: address
                )
            else { throw GoogleError.authError }
            if address == "primary" { address = user }
            try quotas.spend(user)
            try fault(address)
            await simulation.wait()
            // Nobody has shared a calendar: each user sees the own one.
            guard address == user, let mailbox = simulation.organisation.mailbox(at: address)
            else { throw GoogleError.notFound }
            let answer =
                switch rest.count {
                case 0: try list(request, mailbox)
                case 1: try event(request, mailbox, id: rest[rest.startIndex])
                default: throw GoogleError.notFound
                }
            return simulation.faults.damaged(answer, .google, mailbox: address)
        } catch {
            return error.answer
        }
    }

    private func list(
        _ request: ServerRequest,
        _ mailbox: Mailbox
    ) throws(GoogleError) -> ServerAnswer {
        let query: GoogleListQuery
        do {
            query = try GoogleListQuery(
                request,
                mailbox: mailbox,
                revision: simulation.organisation.revision
            )
        } catch {
            if error.status == 400 { simulation.counts.addBreach("google_parameters") }
            throw error
        }
        let isResumed = query.syncToken != nil || query.page.number > 0
        if isResumed, strikes(.gone, mailbox.address) {
            throw GoogleError.gone(simulation.organisation.revision + query.page.number)
        }
        let calendar = GoogleCalendar(
            mailbox: mailbox,
            around: simulation.organisation.settings.around
        )
        let rows =
            query.page.since.map { calendar.changes(since: $0) }
            ?? calendar.whole(query.window, showsDeleted: query.showsDeleted)
        var page = GooglePage(rows, query)
        if strikes(.twins, mailbox.address) { page.addTwin() }
        if strikes(.falseRemoved, mailbox.address) { page.addFalseRemoval(mailbox) }
        if strikes(.reorderedPages, mailbox.address) { page.rows.reverse() }
        if page.next == nil, !query.page.isReplay, strikes(.replayedPages, mailbox.address) {
            page.next = query.page.replay
        }
        if strikes(.endlessPages, mailbox.address) {
            page.next = page.next ?? query.page.following(after: page.rows.last?.place)
        }
        return page.answer(query, mailbox)
    }

    /// An event, of which no more is told than whether it stands.
    private func event(
        _ request: ServerRequest,
        _ mailbox: Mailbox,
        id: String
    ) throws(GoogleError) -> ServerAnswer {
        let isThis = { (number: Int) in GoogleID.event(mailbox.number, number) == id }
        let isDeleted = mailbox.deleted.contains { isThis($0.number) }
        guard isDeleted || mailbox.events.contains(where: { isThis($0.number) }) else {
            throw GoogleError.notFound
        }
        return .json {
            $0.object {
                $0.member("kind", "calendar#event")
                $0.member("id", id)
                $0.member("status", isDeleted ? "cancelled" : "confirmed")
            }
        }
    }

    private func fault(_ address: String) throws(GoogleError) {
        if strikes(.forbidden, address) { throw GoogleError.forbidden }
        if strikes(.notFound, address) { throw GoogleError.notFound }
        if strikes(.throttled, address) { throw quotas.throttled }
        if strikes(.unavailable, address) { throw GoogleError.unavailable }
        if strikes(.internal, address) { throw GoogleError.backendError }
    }

    private func strikes(_ fault: Fault.Name, _ address: String) -> Bool {
        simulation.faults.strike(fault, .google, mailbox: address)
    }
}
