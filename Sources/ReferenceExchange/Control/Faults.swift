import Foundation
import HTTPServing
import Synchronization

/// What goes wrong, as tests order it.
struct Fault: Codable, Sendable {
    enum Name: String, Codable, CaseIterable, Sendable {
        /// The request waits before anything happens, for up to `seconds`.
        case delay
        /// The answer waits, for up to `seconds`.
        case delayedAnswer = "delayed-answer"
        /// 429 with Retry-After `wait`.
        case throttled
        /// 503 with Retry-After `wait`.
        case unavailable
        /// 500 before anything happens.
        case broken
        /// 409 in-progress with Retry-After `wait`.
        case inProgress = "in-progress"
        /// 401 until another token is fetched.
        case unauthorized
        case forbidden
        /// The effect is there, the answer is not: the connection is reset.
        case lost
        /// The effect is there, the answer is 500.
        case lateBroken = "late-broken"
        /// Says done, and nothing stands there.
        case lie
        /// The list is as it was before the last batch.
        case staleList = "stale-list"
        /// Half of a page is left out, and `is_whole` is false.
        case cutList = "cut-list"
        /// Half of a page is left out, and `is_whole` is true.
        case lossyList = "lossy-list"
        /// The next page is always there.
        case endlessPages = "endless-pages"
        /// What has an order comes in another one.
        case reorder
        case missingOutcome = "missing-outcome"
        case foreignOutcome = "foreign-outcome"
        /// The second entry or outcome has values of wrong types.
        case brokenElement = "broken-element"
        /// The whole body is nested 100,000 deep.
        case deep
        /// Every number is 1e400.
        case numbers
        /// Strings where numbers and truth values belong, and the other way round.
        case types
        /// Each list is there twice, first an empty one.
        case duplicates
        /// Bytes that are no UTF-8 in every string.
        case bytes
        /// The body is followed by `size` blanks.
        case huge
        case truncated
        case empty
        /// A page for people, with status 200.
        case html
        /// Letters of U+0000 in every string that has a name.
        case nul
    }

    var fault: Name
    /// `capabilities`, `absences`, `batches` or `batch`; nil strikes all of them.
    var path: String?
    /// How many of the requests it strikes, from 0 to 1.
    var share: Double?
    /// How often it strikes at most.
    var times: Int?
    var seconds: Double?
    /// What stands in Retry-After.
    var wait: String?
    var size: Int?
}

/// The faults that are switched on, and the chance by which they strike.
final class Faults: Sendable {
    private struct State {
        var faults: [Fault] = []
        var random: UInt64
        var board: Board?
    }

    private let state: Mutex<State>

    init(seed: UInt64) {
        state = Mutex(State(random: seed))
    }

    func add(_ fault: Fault) {
        state.withLock { $0.faults.append(fault) }
    }

    func clear() {
        state.withLock { $0.faults = [] }
    }

    /// The board before the last batch.
    var laggingBoard: Board? { state.withLock { $0.board } }

    func remember(_ board: Board) {
        state.withLock { state in
            if state.faults.contains(where: { $0.fault == .staleList }) {
                if state.board == nil { state.board = board }
            } else {
                state.board = nil
            }
        }
    }

    /// The fault of that name, where it strikes here and now; that uses up one of its times.
    func strike(_ name: Fault.Name, _ path: String) -> Fault? {
        state.withLock { state in
            for index in state.faults.indices {
                let fault = state.faults[index]
                guard fault.fault == name, fault.path ?? path == path, fault.times != 0 else {
                    continue
                }
                if let share = fault.share, state.random.nextShare() >= share { continue }
                if let times = fault.times { state.faults[index].times = times - 1 }
                return fault
            }
            return nil
        }
    }

    func strikes(_ name: String, _ path: String) -> Bool {
        Fault.Name(rawValue: name).map { strike($0, path) != nil } ?? false
    }

    func shuffled<Element: Sendable>(_ values: [Element]) -> [Element] {
        state.withLock { state in
            var values = values
            for index in values.indices.dropFirst().reversed() {
                let share = state.random.nextShare()
                values.swapAt(index, min(index, Int(share * Double(index + 1))))
            }
            return values
        }
    }

    func delay(_ path: String, _ name: Fault.Name = .delay) async {
        guard let fault = strike(name, path), let seconds = fault.seconds else { return }
        let share = state.withLock { $0.random.nextShare() }
        try? await Task.sleep(for: .seconds(seconds * share))
    }

    /// What strikes before anything happens.
    func strikeBefore(_ path: String, access: Access) async throws(Problem) {
        if path != "batches" { await delay(path) }
        if let fault = strike(.throttled, path) { throw .throttled(after: fault.wait ?? "1") }
        if let fault = strike(.unavailable, path) {
            throw Problem(
                503,
                "unavailable",
                "Not now.",
                headers: [("Retry-After", fault.wait ?? "1")]
            )
        }
        if strike(.broken, path) != nil { throw Problem(500, "internal", "Something is wrong.") }
        if let fault = strike(.inProgress, path) {
            throw Problem(
                409,
                "in-progress",
                "It is being carried out.",
                headers: [("Retry-After", fault.wait ?? "1")]
            )
        }
        if strike(.forbidden, path) != nil { throw Problem(403, "forbidden", "Not with these.") }
        if strike(.unauthorized, path) != nil {
            access.withdrawTokens()
            throw .unauthorized
        }
    }

    /// What becomes of an answer.
    func strikeAfter(_ path: String, _ answer: ServerAnswer) async -> ServerAnswer {
        await delay(path, .delayedAnswer)
        guard answer.status == 200 else { return answer }
        if strike(.lateBroken, path) != nil {
            return Problem(500, "internal", "Something is wrong.").answer
        }
        var answer = answer
        for name in Fault.Name.allCases {
            guard let damage = Damage(name), let fault = strike(name, path) else { continue }
            damage.change(&answer, fault)
        }
        if strike(.lost, path) != nil { answer.isLost = true }
        return answer
    }
}

extension UInt64 {
    /// The next of a row of numbers from 0 to 1 that looks random (SplitMix64).
    fileprivate mutating func nextShare() -> Double {
        self &+= 0x9E37_79B9_7F4A_7C15
        var bits = self
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return Double((bits ^ (bits >> 31)) >> 11) / Double(1 << 53)
    }
}
