import Synchronization

/// What a source asked and got, in numbers, for the line that a load leaves in the log.
public final class TrafficCounts: Sendable {
    public struct Numbers: Hashable, Sendable {
        /// Requests that were sent, repetitions included. A batch is one.
        public var requests = 0
        /// Bytes of bodies, after decompression.
        public var bytes = 0
        /// Requests that were sent again.
        public var retries = 0
        /// How often a request waited: asked to by the server, or for its turn.
        public var waits = 0
        /// How long, all waits together.
        public var waited: Duration = .zero

        public init() {}
    }

    private let state = Mutex(Numbers())

    public init() {}

    /// The numbers as they stand.
    public var numbers: Numbers { state.withLock { $0 } }

    package func countRequest() {
        state.withLock { $0.requests += 1 }
    }

    package func count(bytes: Int) {
        state.withLock { $0.bytes += bytes }
    }

    /// Counts a wait, before the same request is sent again where `isRetry`.
    package func countWait(_ wait: Duration, isRetry: Bool) {
        state.withLock {
            if isRetry { $0.retries += 1 }
            $0.waits += 1
            $0.waited += wait
        }
    }
}
