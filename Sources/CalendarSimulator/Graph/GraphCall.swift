import HTTPServing

/// A request to Graph, alone or a part of a batch.
struct GraphCall: Sendable {
    let simulation: Simulation
    let request: ServerRequest
    /// When the request, or its batch, arrived.
    let arrival: ContinuousClock.Instant
    /// Nil where the request is of no mailbox, or of none that there is.
    let mailbox: Int?
    /// The mailbox's address.
    let address: String?

    init(
        simulation: Simulation,
        request: ServerRequest,
        arrival: ContinuousClock.Instant = .now
    ) {
        self.simulation = simulation
        self.arrival = arrival
        self.request = request
        let parts = request.pathParts
        let user = parts.count > 2 && parts[1] == "users" ? parts[2] : nil
        mailbox = user.flatMap { Users.number(of: $0, in: simulation.organisation) }
        address = mailbox.map(simulation.organisation.address)
    }

    /// Admits, takes the time that it takes, and answers.
    func answer() async -> ServerAnswer {
        if let refusal = admit() { return refusal }
        defer { leave() }
        await simulation.wait()
        return respond()
    }

    /// Counts the request against the limits and lets faults strike that leave nothing of an
    /// answer. What is admitted must ``leave()``.
    func admit() -> ServerAnswer? {
        let tokens = simulation.tokens
        guard tokens.subject(of: request.bearer, for: .graph, mailbox: address) != nil else {
            return GraphError.badToken
        }
        if let refusal = faults() { return refusal }
        // Per app across all tenants (calendar-apis.md 1.4).
        guard
            simulation.limits.spend(
                "app",
                most: 130_000,
                seconds: 10,
                breach: "graph_app_requests"
            )
        else { return GraphError.throttled("Too many requests.") }
        guard let mailbox else { return nil }
        let key = key(mailbox)
        guard
            !simulation.limits.isPaused(
                key,
                at: arrival,
                breach: "graph_asked_before_retry_after"
            )
        else {
            return GraphError.throttled("Application is throttled yet.")
        }
        guard
            simulation.limits.spend(
                key,
                most: 10_000,
                seconds: 600,
                breach: "graph_mailbox_requests"
            )
        else {
            return GraphError.throttled("Application is over its MailboxRequests limit.")
        }
        guard simulation.limits.enter(key, most: 4, breach: "graph_mailbox_concurrency") else {
            return GraphError.throttled("Application is over its MailboxConcurrency limit.")
        }
        return nil
    }

    /// Ends what ``admit()`` began.
    func leave() {
        if let mailbox { simulation.limits.leave(key(mailbox)) }
    }

    /// The answer to what was admitted.
    func respond() -> ServerAnswer {
        let parts = Array(request.pathParts.dropFirst())
        switch parts.first {
        case "groups": return GraphGroups(simulation: simulation, request: request).answer(parts)
        case "users" where parts.count > 1:
            guard let mailbox else { return GraphError.noSuchUser(parts[1]) }
            let organisation = simulation.organisation
            let revision = organisation.revision
            let make = {
                GraphCalendar(
                    simulation: simulation,
                    request: request,
                    mailbox: organisation.mailbox(mailbox)
                ).answer(Array(parts.dropFirst(2)))
            }
            guard let kept = simulation.keptAnswers, simulation.faults.areNone else {
                return make()
            }
            return kept.answer(to: request, revision: revision, make: make)
        default: return GraphError.notSupported
        }
    }

    private func faults() -> ServerAnswer? {
        let faults = simulation.faults
        if faults.strike(.forbidden, .graph, mailbox: address) { return GraphError.policyDenied }
        if faults.strike(.notFound, .graph, mailbox: address) {
            return GraphError.noSuchUser(address ?? "")
        }
        if faults.strike(.throttled, .graph, mailbox: address) {
            if let mailbox {
                // What comes before the wait is over counts as a breach.
                simulation.limits.pause(key(mailbox), for: .milliseconds(120))
            }
            return GraphError.throttled("Application is over its MailboxRequests limit.")
        }
        if faults.strike(.unavailable, .graph, mailbox: address) { return GraphError.unavailable }
        if faults.strike(.internal, .graph, mailbox: address) { return GraphError.internalError }
        return nil
    }

    private func key(_ mailbox: Int) -> String { "graph \(mailbox)" }
}
