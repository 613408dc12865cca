import Crypto
import Foundation
import HTTPServing

/// The interface itself, below /v1.
struct APIFace: ProtocolFace {
    var system: System

    func answer(_ request: ServerRequest) async -> ServerAnswer? {
        guard request.pathParts.first == "v1" else { return nil }
        let (name, methods) = Self.place(request.pathParts)
        guard let name else {
            return Problem(404, "no-such-address", "There is nothing at this address.").answer
        }
        var answer: ServerAnswer
        do throws(Problem) {
            guard methods.contains(request.method) else { throw .notAllowed(methods) }
            guard system.access.lets(in: request) else { throw .unauthorized }
            try await system.faults.strikeBefore(name, access: system.access)
            answer = try await called(name, request)
        } catch {
            answer = error.answer
        }
        answer = await system.faults.strikeAfter(name, answer)
        system.counts.add(name, status: answer.isLost ? "lost" : String(answer.status))
        return answer
    }

    /// What an address is called, and the methods that it takes.
    private static func place(_ parts: [String]) -> (String?, [String]) {
        switch (parts.count, parts.dropFirst().first) {
        case (2, "capabilities"): ("capabilities", ["GET"])
        case (2, "absences"): ("absences", ["GET", "DELETE"])
        case (2, "batches"): ("batches", ["POST"])
        case (3, "batches"): ("batch", ["GET"])
        default: (nil, [])
        }
    }

    private func called(
        _ name: String,
        _ request: ServerRequest
    ) async throws(Problem) -> ServerAnswer {
        switch name {
        case "capabilities": return try capabilities()
        case "batches": return try await apply(request)
        case "batch": return try result(request.pathParts[2])
        default: return request.method == "GET" ? try list(request) : try prune(request)
        }
    }

    private func capabilities() throws(Problem) -> ServerAnswer {
        let capabilities = system.withBoard {
            ToldCapabilities(capabilities: $0.capabilities, newestFence: $0.fence)
        }
        guard let data = try? JSONEncoder().encode(capabilities) else {
            throw Problem(500, "internal", "The capabilities cannot be written.")
        }
        return .json { $0.raw([UInt8](data)) }
    }

    // MARK: Absences

    private func list(_ request: ServerRequest) throws(Problem) -> ServerAnswer {
        var extensions: Set<String>?
        if let text = request.parameter("extensions") {
            let numbers = text.split(separator: ",", omittingEmptySubsequences: false)
                .map(String.init)
            guard numbers.count <= 100, numbers.allSatisfy({ $0.has(Form.extension) }) else {
                throw .badRequest("extensions are 1 to 100 numbers of 2 to 15 digits.")
            }
            extensions = Set(numbers)
        }
        let instant = try instant("ending_after", of: request)
        var start = 0
        if let cursor = request.parameter("cursor") {
            guard cursor.has(Form.cursor), cursor.hasPrefix("after-"),
                let number = Int(cursor.dropFirst(6))
            else { throw Problem(404, "no-such-cursor", "cursor is not the next of a page.") }
            start = number
        }
        guard system.withBoard({ $0.capabilities.isReadable }) else {
            throw Problem(403, "not-readable", "This system does not tell what stands there.")
        }
        let lag = system.faults.strikes("stale-list", "absences")
        var entries = system.withBoard { board in
            (lag ? system.faults.laggingBoard ?? board : board)
                .listing(extensions, endingAfter: instant)
        }
        entries.removeAll { $0.number <= start }
        let page = Array(entries.prefix(system.pageSize))
        let hasMore = page.count < entries.count
        let next = hasMore ? page.last.map { "after-\($0.number)" } : nil
        let shown =
            system.faults.strikes("reorder", "absences") ? system.faults.shuffled(page) : page
        return .json { writer in
            writer.object { writer in
                writer.member("absences") {
                    $0.array { writer in
                        for entry in shown { writer.value(entry) }
                    }
                }
                writer.member("is_whole", true)
                writer.member("next", next)
            }
        }
    }

    private func prune(_ request: ServerRequest) throws(Problem) -> ServerAnswer {
        let instant = try instant("ended_before", of: request)
        let count = system.withBoard { $0.prune(endedBefore: instant) }
        return .json { $0.object { $0.member("removed", count) } }
    }

    private func instant(
        _ name: String,
        of request: ServerRequest
    ) throws(Problem) -> Date {
        guard let instant = request.parameter(name).flatMap({ Date(rfc3339: $0) }) else {
            throw .badRequest("\(name) is needed, as 2026-11-23T07:00:00Z.")
        }
        return instant
    }

    // MARK: Batches

    private func result(_ key: String) throws(Problem) -> ServerAnswer {
        guard key.has(Form.idempotencyKey) else {
            throw .badRequest("That is no idempotency key.")
        }
        guard let result = system.withBoard({ $0.results[key]?.result }) else { throw .noBatch }
        return written(result)
    }

    private func apply(_ request: ServerRequest) async throws(Problem) -> ServerAnswer {
        guard let key = request.header("Idempotency-Key"), key.has(Form.idempotencyKey) else {
            throw .badRequest("Idempotency-Key is needed: letters, digits, - and _, at most 64.")
        }
        let type = request.header("Content-Type")?.split(separator: ";").first ?? ""
        guard type.trimmingCharacters(in: .whitespaces).lowercased() == "application/json" else {
            throw Problem(415, "not-json", "The body must be application/json.")
        }
        guard !request.isCutOff else {
            throw Problem(413, "too-large", "The body is larger than this system takes.")
        }
        let batch = try batch(in: request.body)
        let limits = system.withBoard { $0.capabilities }
        guard batch.changes.count <= limits.batchSize || batch.units.count == 1 else {
            throw Problem(413, "too-large", "More changes than batch_size, in several units.")
        }
        guard system.pace.begin(batch.changes.count, within: limits) else {
            system.counts.addBreach()
            throw .throttled(after: "1")
        }
        defer { system.pace.end() }
        await system.faults.delay("batches")
        let digest = SHA256.hash(data: request.body).description
        let isLie = system.faults.strikes("lie", "batches")
        do throws(Board.Objection) {
            let result = try system.withBoard { board throws(Board.Objection) in
                system.faults.remember(board)
                return try board.carryOut(
                    batch,
                    key: key,
                    digest: digest,
                    at: system.clock.now,
                    isLie: isLie
                )
            }
            return written(result)
        } catch {
            throw switch error {
            case .olderFence: Problem(409, "older-fence", "A newer run has written here.")
            case .keyReused: Problem(409, "key-reused", "The key was used for another batch.")
            }
        }
    }

    private func batch(in body: [UInt8]) throws(Problem) -> Batch {
        do {
            return try JSONDecoder().decode(Batch.self, from: Data(body))
        } catch DecodingError.dataCorrupted(let context) where context.codingPath.isEmpty {
            throw .badRequest("The body is not JSON.")
        } catch {
            throw Problem(422, "invalid", "The body is JSON, and no batch.")
        }
    }

    private func written(_ result: BatchResult) -> ServerAnswer {
        let isReordered = system.faults.strikes("reorder", "batches")
        let outcomes =
            isReordered ? system.faults.shuffled(result.outcomes) : result.outcomes
        return .json { $0.value(result, outcomes) }
    }
}
