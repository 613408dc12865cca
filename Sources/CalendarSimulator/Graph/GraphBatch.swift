import Foundation
import HTTPServing
import NIOHTTP1
import Synchronization

/// `$batch`: up to 20 requests in one, each with its own answer (calendar-apis.md 1.4).
struct GraphBatch {
    private static let count = Atomic(0)

    let simulation: Simulation
    let request: ServerRequest
    private let arrival = ContinuousClock.now

    init(simulation: Simulation, request: ServerRequest) {
        self.simulation = simulation
        self.request = request
    }

    private struct Order: Decodable {
        var requests: [Part]
    }

    private struct Part: Decodable {
        var id: String
        var method: String
        var url: String
        var headers: [String: String]?
        var dependsOn: [String]?
    }

    private struct Outcome {
        var id: String
        var answer: ServerAnswer
        /// False where a fault cut the JSON off.
        var isWhole = true
    }

    func answer() async -> ServerAnswer {
        guard request.method == "POST" else { return GraphError.notSupported }
        let tokens = simulation.tokens
        guard tokens.subject(of: request.bearer, for: .graph, mailbox: nil) != nil else {
            return GraphError.badToken
        }
        guard let order = try? JSONDecoder().decode(Order.self, from: Data(request.body)),
            1...20 ~= order.requests.count,
            Set(order.requests.map(\.id)).count == order.requests.count,
            order.requests.allSatisfy({ $0.url.hasPrefix("/") })
        else {
            return GraphError.badRequest(
                "BadRequest",
                "The batch is malformed, has more than 20 requests, or an id twice."
            )
        }
        let outcomes = await outcomes(of: order.requests)
        return simulation.faults.damaged(written(outcomes), .graph, mailbox: nil)
    }

    /// All that depend on nothing begin at the same time: of one mailbox more than 4 are too many.
    private func outcomes(of parts: [Part]) async -> [Outcome] {
        simulation.counts.add(.graphBatches)
        for _ in parts { simulation.counts.add(.graphParts) }
        var outcomes: [Outcome] = []
        var admitted: [(id: String, call: GraphCall)] = []
        for part in parts where part.dependsOn?.isEmpty ?? true {
            let call = call(part)
            if let refusal = call.admit() {
                outcomes.append(Outcome(id: part.id, answer: refusal))
            } else {
                admitted.append((part.id, call))
            }
        }
        // Four at once are carried out, whatever their mailboxes.
        for _ in 0..<(admitted.count + 3) / 4 { await simulation.wait() }
        for (id, call) in admitted {
            outcomes.append(Outcome(id: id, answer: call.respond()))
            call.leave()
        }
        for part in parts where !(part.dependsOn?.isEmpty ?? true) {
            let met = part.dependsOn?.allSatisfy { id in
                outcomes.contains { $0.id == id && $0.answer.status < 400 }
            }
            let answer =
                met ?? true
                ? await call(part).answer()
                : GraphError.answer(424, "FailedDependency", "A request before it failed.")
            outcomes.append(Outcome(id: part.id, answer: answer))
        }
        let number = Self.count.add(1, ordering: .relaxed).oldValue
        var random = RandomNumbers(seed: UInt64(number))
        outcomes.shuffle(using: &random)
        return outcomes.map { outcome in
            var outcome = outcome
            let length = outcome.answer.body.count
            outcome.answer = damaged(outcome.answer, parts.first { $0.id == outcome.id })
            outcome.isWhole = outcome.answer.body.count == length
            return outcome
        }
    }

    private func call(_ part: Part) -> GraphCall {
        var inner = request
        inner.method = part.method
        inner.body = []
        inner.setTarget("/\(GraphFace.version)\(part.url)")
        var headers = HTTPHeaders((part.headers ?? [:]).map { ($0.key, $0.value) })
        if headers.first(name: "Authorization") == nil, let token = request.header("Authorization")
        {
            headers.add(name: "Authorization", value: token)
        }
        inner.headers = headers
        return GraphCall(simulation: simulation, request: inner, arrival: arrival)
    }

    /// Faults of one mailbox damage its part, and leave the batch whole.
    private func damaged(_ answer: ServerAnswer, _ part: Part?) -> ServerAnswer {
        guard let part, let address = call(part).address else { return answer }
        return simulation.faults.damaged(answer, .graph, mailbox: address, isPart: true)
    }

    private func written(_ outcomes: [Outcome]) -> ServerAnswer {
        var json = JSONWriter(capacity: 4096 + outcomes.reduce(0) { $0 + $1.answer.body.count })
        json.object {
            $0.member("responses") {
                $0.array { json in
                    for outcome in outcomes { write(outcome, to: &json) }
                }
            }
        }
        var answer = ServerAnswer.json(written: json)
        // A connection that is lost takes all parts along.
        if outcomes.contains(where: { $0.answer.cutAfter != nil }) {
            answer.cutAfter = answer.body.count / 2
        }
        return answer
    }

    private func write(_ outcome: Outcome, to json: inout JSONWriter) {
        let answer = outcome.answer
        json.object { json in
            json.member("id", outcome.id)
            json.member("status", answer.status)
            json.member("headers") {
                $0.object { json in
                    for (name, value) in answer.headers {
                        json.member(named: name) { $0.value(value) }
                    }
                }
            }
            guard !answer.body.isEmpty else { return }
            json.member("body") {
                // What is no JSON comes in base64.
                if outcome.isWhole {
                    $0.raw(answer.body)
                } else {
                    $0.value(Data(answer.body).base64EncodedString())
                }
            }
        }
    }
}
