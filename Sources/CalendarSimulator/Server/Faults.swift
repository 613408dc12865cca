import HTTPServing
import Synchronization

/// The faults that are switched on.
final class Faults: Sendable {
    private let faults = Mutex<[Fault]>([])

    func add(_ fault: Fault) {
        faults.withLock { $0.append(fault) }
    }

    func clear() {
        faults.withLock { $0 = [] }
    }

    /// Whether a fault strikes here and now; that uses up one of its times.
    ///
    /// - Parameter mailbox: The request's, in lower case; nil where it is of none, and then only
    ///   faults of every mailbox strike.
    /// - Parameter isPart: True in a part of a batch, which only faults of its own mailbox strike.
    func strike(
        _ name: Fault.Name,
        _ protocolName: ProtocolName,
        mailbox: String?,
        isPart: Bool = false
    ) -> Bool {
        faults.withLock { faults in
            guard
                let index = faults.firstIndex(where: {
                    $0.name == name && $0.protocolName == protocolName && $0.times != 0
                        && ($0.mailbox == mailbox || $0.mailbox == nil && !isPart)
                })
            else { return false }
            if let times = faults[index].times { faults[index].times = times - 1 }
            return true
        }
    }

    /// Whether none is switched on.
    var areNone: Bool { faults.withLock { $0.isEmpty } }

    /// Whether a fault is switched on, whatever its mailbox and times.
    func isOn(_ name: Fault.Name) -> Bool {
        faults.withLock { $0.contains { $0.name == name } }
    }

    /// The answer as the faults `truncated`, `empty` and `reset` leave it.
    func damaged(
        _ answer: ServerAnswer,
        _ protocolName: ProtocolName,
        mailbox: String?,
        isPart: Bool = false
    ) -> ServerAnswer {
        guard answer.status == 200, !areNone else { return answer }
        let strikes = { self.strike($0, protocolName, mailbox: mailbox, isPart: isPart) }
        var answer = answer
        if strikes(.truncated) {
            answer.body.removeLast(answer.body.count / 2)
        }
        if strikes(.empty) {
            answer.body = []
        }
        if strikes(.reset) {
            answer.cutAfter = answer.body.count / 2
        }
        return answer
    }
}
