import AbsenceModel
import Foundation
import Web

extension HTTPExchange {
    typealias Outcomes = [UUID: BatchResultReader.Outcome]

    /// Sends a batch until it is known what came of it, as often as is allowed.
    ///
    /// - Throws: ``ExchangeError`` where it is certain that nothing was done; `RemoteFailure`
    ///   where that is not known.
    func send(_ batch: WrittenBatch) async throws -> Outcomes {
        var sending = Sending()
        while true {
            try await pace.take(batch.changes.count)
            let wait: Duration?
            switch try await once(batch, &sending) {
            case .outcomes(let outcomes): return outcomes
            case .again(let answer):
                wait = client.retry.wait(after: sending.attempt, answer: answer)
                if let wait, answer?.status == 429 { pace.pause(for: wait) }
            }
            if let wait {
                client.fetcher.counts.countWait(wait, isRetry: true)
                try await Task.sleep(for: wait)
            }
            if sending.mayBeDone, let outcomes = try await observed(batch, &sending) {
                return outcomes
            }
            guard wait != nil else { throw sending.end(client.name) }
            sending.attempt += 1
        }
    }

    /// The exchange takes the batch in parts only.
    struct TooLarge: Error {}

    private enum Step {
        case outcomes(Outcomes)
        /// It is sent once more, after what the answer asks for.
        case again(HTTPAnswer?)
    }

    /// What is known of a batch that has no outcomes yet.
    private struct Sending {
        var attempt = 1
        /// An answer of it was lost: it may arrive yet.
        var mayArrive = false
        /// It arrived, and what came of it was not told.
        var mayBeDone = false
        var failure = RemoteFailure(.serverError, "it asks us to wait")

        /// What is thrown when it is not sent again.
        func end(_ name: String) -> any Error {
            guard mayArrive || mayBeDone else {
                return ExchangeError(
                    failure.code == .refused ? .refused : .unreachable,
                    failure.description
                )
            }
            return RemoteFailure(
                failure.code,
                "\(name) may have carried out a batch, or not: \(failure.description)"
            )
        }
    }

    private func once(_ batch: WrittenBatch, _ sending: inout Sending) async throws -> Step {
        let answer: HTTPAnswer
        do {
            answer = try await client.send(
                .init(
                    method: "POST",
                    path: ["batches"],
                    headers: [
                        ("Content-Type", "application/json"),
                        ("Idempotency-Key", batch.idempotencyKey),
                    ],
                    body: batch.body
                )
            )
        } catch let failure as RemoteFailure {
            sending.failure = failure
            // Such as a token that is refused.
            guard failure.code != .refused else { throw sending.end(client.name) }
            sending.mayArrive = true
            sending.mayBeDone = true
            return .again(nil)
        }
        if answer.status == 200 {
            if let outcomes = try await outcomes(in: answer.body, of: batch) {
                return .outcomes(outcomes)
            }
            sending.mayBeDone = true
            sending.failure = RemoteFailure(
                .malformed,
                "\(client.name) answers in another form than the OpenAPI document's"
            )
            return .again(nil)
        }
        if answer.status == 409, let problem = problem(in: answer) {
            switch problem {
            case "older-fence":
                throw ExchangeError(.fenced, "a newer run writes to \(client.name)")
            case "in-progress":
                sending.mayBeDone = true
                sending.failure = RemoteFailure(
                    .serverError,
                    "\(client.name) has not finished it (status 409)"
                )
                return .again(answer)
            default: break
            }
        }
        if answer.status == 413 { throw TooLarge() }
        sending.failure = client.failure(of: answer)
        guard sending.failure.code == .serverError else {
            guard sending.mayArrive || sending.mayBeDone else {
                throw ExchangeError(.refused, sending.failure.description)
            }
            throw sending.end(client.name)
        }
        if answer.status != 429 { sending.mayBeDone = true }
        return .again(answer)
    }

    /// Asks what came of a batch, before it is sent again.
    ///
    /// - Returns: nil where it had no effect, or that is still not known.
    private func observed(
        _ batch: WrittenBatch,
        _ sending: inout Sending
    ) async throws -> Outcomes? {
        do {
            let answer = try await client.send(
                .init(path: ["batches", batch.idempotencyKey])
            )
            if answer.status == 200 {
                let outcomes = try await outcomes(in: answer.body, of: batch, asksAgain: false)
                return outcomes
            }
            if answer.status == 404 { sending.mayBeDone = false }
        } catch let failure as RemoteFailure {
            sending.failure = failure
        }
        return nil
    }

    /// The outcomes in an answer; nil where it is not as documented at all. Where some are
    /// missing, the exchange is asked for them once more.
    private func outcomes(
        in body: [UInt8],
        of batch: WrittenBatch,
        asksAgain: Bool = true
    ) async throws -> Outcomes? {
        guard let read = try? BatchResultReader(body, of: batch) else { return nil }
        if read.oddCount > 0 {
            tell(
                "\(client.name) told \(read.oddCount) outcomes that cannot be read, contradict "
                    + "each other, or are of no change of ours"
            )
        }
        let isWhole = batch.changes.allSatisfy { read.outcomes[$0.key] != nil }
        guard !isWhole else { return read.outcomes }
        guard asksAgain else {
            tell("\(client.name) left out what came of some changes")
            return read.outcomes
        }
        var sending = Sending()
        let second = try await observed(batch, &sending) ?? [:]
        return read.outcomes.merging(second) { first, _ in first }
    }

    /// The last part of a problem's type (RFC 9457), which is a word of the OpenAPI document.
    private func problem(in answer: HTTPAnswer) -> String? {
        let type = try? JSONReader().readObject(answer.body) { try $0.text("type", most: 500) }
        return type?.split(separator: "/").last.map(String.init)
    }
}
