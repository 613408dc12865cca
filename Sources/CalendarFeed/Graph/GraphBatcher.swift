import Web

/// Puts the questions that concurrent loads ask of many mailboxes into few requests.
///
/// Up to 20 questions travel in one batch (calendar-apis.md 1.4), with at most four under way for
/// one mailbox, spread over several batches at once. A part that Graph throttles is asked again,
/// and its mailbox alone waits. A question that stands alone goes as a plain request, and so does
/// one whose batch failed, so that one bad part keeps no other from its answer.
actor GraphBatcher {
    /// One question; every one is a GET.
    struct Question: Sendable {
        /// Whose limits it counts against.
        var mailbox: String
        /// Path and query behind the endpoint.
        var path: String
    }

    /// What became of a question that was carried to Graph.
    enum Outcome: Sendable {
        case reply(GraphReply)
        case failure(any Error)

        fileprivate var isUnauthorized: Bool {
            if case .reply(let reply) = self { reply.status == 401 } else { false }
        }
    }

    private struct Part {
        var id: UInt64
        var question: Question
        var attempt = 1
        var goesAlone = false
        var hasNewToken = false
    }

    private let carrier: GraphCarrier
    private let tokens: AccessTokens
    private let retry: HTTPRetry
    private let counts: TrafficCounts
    private let isLimitedPerApp: Bool

    private var nextID: UInt64 = 0
    private var waiting: [Part] = []
    private var askers: [UInt64: CheckedContinuation<GraphReply, any Error>] = [:]
    /// How many parts are under way, by mailbox, or altogether.
    private var underWay: [String: Int] = [:]
    private var pauses: [String: ContinuousClock.Instant] = [:]
    private var requestsUnderWay = 0
    private var isGathering = false
    private var wakesAt: ContinuousClock.Instant?

    static let partsInBatch = 20
    static let partsUnderWay = 4
    private static let requestsAtOnce = 8
    /// How long a question waits for company.
    private static let gathering = Duration.milliseconds(5)

    /// - Parameter isLimitedPerApp: true where the four are four altogether, whatever the mailbox:
    ///   Microsoft's texts contradict each other (calendar-apis.md 1.4).
    init(
        carrier: GraphCarrier,
        tokens: AccessTokens,
        retry: HTTPRetry,
        counts: TrafficCounts,
        isLimitedPerApp: Bool
    ) {
        self.carrier = carrier
        self.tokens = tokens
        self.retry = retry
        self.counts = counts
        self.isLimitedPerApp = isLimitedPerApp
    }

    /// The answer to `question`, of whatever status, after all repetitions.
    ///
    /// - Throws: ``RemoteFailure`` where there is no whole answer, or the mailbox is to be left
    ///   alone for longer than a load waits; `CancellationError`.
    func ask(_ question: Question) async throws -> GraphReply {
        if let end = pauses[question.mailbox], end > .now + retry.longestWait {
            throw leftAlone
        }
        let id = nextID
        nextID += 1
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation {
                (asker: CheckedContinuation<GraphReply, any Error>) in
                if Task.isCancelled {
                    asker.resume(throwing: CancellationError())
                } else {
                    askers[id] = asker
                    waiting.append(Part(id: id, question: question))
                    gather()
                }
            }
        } onCancel: {
            Task { await self.giveUp(id) }
        }
    }

    private func giveUp(_ id: UInt64) {
        waiting.removeAll { $0.id == id }
        askers.removeValue(forKey: id)?.resume(throwing: CancellationError())
    }

    /// Sends what waits: at once where it fills a batch, else a moment later.
    private func gather() {
        if waiting.count >= Self.partsInBatch { return dispatch() }
        guard !isGathering, !waiting.isEmpty else { return }
        isGathering = true
        Task {
            try? await Task.sleep(for: Self.gathering)
            isGathering = false
            dispatch()
        }
    }

    private func dispatch() {
        while requestsUnderWay < Self.requestsAtOnce {
            let parts = takeParts()
            if parts.isEmpty { return wakeAfterPauses() }
            requestsUnderWay += 1
            Task { await carry(parts) }
        }
        // Whatever ends first dispatches again.
    }

    /// The parts of the next request, first come, first served.
    private func takeParts() -> [Part] {
        let now = ContinuousClock.now
        pauses = pauses.filter { $0.value > now }
        var taken: [Part] = []
        var left: [Part] = []
        for part in waiting {
            let lane = lane(of: part)
            let mayGo =
                taken.count < Self.partsInBatch && pauses[part.question.mailbox] == nil
                && underWay[lane, default: 0] < Self.partsUnderWay
                && taken.last?.goesAlone != true && (taken.isEmpty || !part.goesAlone)
            if mayGo {
                underWay[lane, default: 0] += 1
                taken.append(part)
            } else {
                left.append(part)
            }
        }
        waiting = left
        return taken
    }

    /// What the limit of four counts by.
    private func lane(of part: Part) -> String { isLimitedPerApp ? "" : part.question.mailbox }

    /// Dispatches again when the first pause of what waits ends. Comes right after
    /// ``takeParts()``, which forgets the pauses that are over.
    private func wakeAfterPauses() {
        let ends = waiting.compactMap { pauses[$0.question.mailbox] }
        guard let end = ends.min(), wakesAt.map({ end < $0 }) ?? true else { return }
        wakesAt = end
        Task {
            try? await Task.sleep(until: end)
            if wakesAt == end { wakesAt = nil }
            dispatch()
        }
    }

    private func carry(_ parts: [Part]) async {
        do {
            let token = try await tokens.token()
            let outcomes = await carrier.outcomes(of: parts.map(\.question), token: token)
            // A part that was refused a new token says nothing about the token.
            let isRefused = zip(parts, outcomes).contains { !$0.hasNewToken && $1.isUnauthorized }
            if isRefused { await tokens.forget(token) }
            for (part, outcome) in zip(parts, outcomes) { settle(part, outcome) }
        } catch {
            for part in parts { end(part, .failure(error)) }
        }
        requestsUnderWay -= 1
        gather()
    }

    /// Hands the outcome to who asked, or lines the part up again.
    private func settle(_ part: Part, _ outcome: Outcome) {
        var again = part
        switch outcome {
        case .reply(let reply) where reply.status == 401 && !part.hasNewToken:
            again.hasNewToken = true
        case .reply(let reply) where reply.isBusy:
            if let asked = HTTPRetry.askedWait(reply.hints) { pause(part, for: asked) }
            guard let wait = retry.wait(after: part.attempt, answer: reply.hints) else {
                return end(part, outcome)
            }
            counts.countWait(wait, isRetry: true)
            pause(part, for: wait)
            again.attempt += 1
        case .failure(let error as RemoteFailure) where error.isPassing && !part.goesAlone:
            again.goesAlone = true
        case .reply, .failure:
            return end(part, outcome)
        }
        leaveLane(part)
        if askers[part.id] != nil { waiting.insert(again, at: 0) }
    }

    private func end(_ part: Part, _ outcome: Outcome) {
        leaveLane(part)
        let asker = askers.removeValue(forKey: part.id)
        switch outcome {
        case .reply(let reply): asker?.resume(returning: reply)
        case .failure(let error): asker?.resume(throwing: error)
        }
    }

    private func leaveLane(_ part: Part) {
        let lane = lane(of: part)
        underWay[lane, default: 1] -= 1
        if underWay[lane] == 0 { underWay[lane] = nil }
    }

    private func pause(_ part: Part, for wait: Duration) {
        let mailbox = part.question.mailbox
        let end = ContinuousClock.now + wait
        pauses[mailbox] = max(pauses[mailbox] ?? end, end)
        guard wait > retry.longestWait else { return }
        for other in waiting where other.question.mailbox == mailbox {
            askers.removeValue(forKey: other.id)?.resume(throwing: leftAlone)
        }
        waiting.removeAll { $0.question.mailbox == mailbox }
    }

    private var leftAlone: RemoteFailure {
        RemoteFailure(
            .serverError,
            "\(carrier.endpoint.name) wants the mailbox to be left alone for longer than a load "
                + "waits; a later load asks again"
        )
    }
}

extension RemoteFailure {
    /// A second request, for the one part alone, may fare better.
    fileprivate var isPassing: Bool {
        [.unreachable, .timedOut, .truncated, .tooLarge, .malformed, .serverError].contains(code)
    }
}
