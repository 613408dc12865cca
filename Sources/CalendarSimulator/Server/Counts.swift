import HTTPServing
import Synchronization

/// What was asked and answered so far.
final class Counts: Sendable {
    enum Request: String, CaseIterable, Sendable {
        case graph
        /// Of them the batches.
        case graphBatches = "graph_batches"
        /// Parts of Graph batches, each of which is a request to Graph's limits.
        case graphParts = "graph_parts"
        case ews, google, token
    }

    private struct Numbers {
        var requests: [Request: Int] = [:]
        var bytes = 0
        var breaches: [String: Int] = [:]
    }

    private let numbers = Mutex(Numbers())

    /// Counts a request.
    func add(_ request: Request) {
        numbers.withLock { $0.requests[request, default: 0] += 1 }
    }

    /// Counts bytes of a body sent; those of control requests are not counted.
    func add(bytes: Int) {
        numbers.withLock { $0.bytes += bytes }
    }

    /// Counts that a client broke a published limit or a rule of the protocol.
    func addBreach(_ name: String) {
        numbers.withLock { $0.breaches[name, default: 0] += 1 }
    }

    func reset() {
        numbers.withLock { $0 = Numbers() }
    }

    func write(to writer: inout JSONWriter) {
        let numbers = numbers.withLock { $0 }
        writer.object {
            $0.member("requests") {
                $0.object { writer in
                    for request in Request.allCases {
                        writer.member(named: request.rawValue) {
                            $0.value(numbers.requests[request] ?? 0)
                        }
                    }
                }
            }
            $0.member("bytes", numbers.bytes)
            $0.member("breaches") {
                $0.object { writer in
                    for (name, count) in numbers.breaches.sorted(by: { $0.key < $1.key }) {
                        writer.member(named: name) { $0.value(count) }
                    }
                }
            }
        }
    }
}
