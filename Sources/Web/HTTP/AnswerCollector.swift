import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Synchronization

/// Takes in one answer as it comes, up to a limit.
///
/// The client hands parts over on an event loop of its own; nobody waits in between.
final class AnswerCollector: HTTPClientResponseDelegate {
    /// The body is larger than what is taken in.
    struct TooLarge: Error {}

    private struct State {
        var head: HTTPResponseHead?
        var body: [UInt8] = []
    }

    private let url: URL
    private let largestBody: Int
    private let counts: TrafficCounts
    private let state = Mutex(State())

    init(from url: URL, largestBody: Int, counts: TrafficCounts) {
        self.url = url
        self.largestBody = largestBody
        self.counts = counts
    }

    /// Whether the answer has begun.
    var isUnderWay: Bool { state.withLock { $0.head != nil } }

    func didReceiveHead(
        task: HTTPClient.Task<HTTPAnswer>,
        _ head: HTTPResponseHead
    ) -> EventLoopFuture<Void> {
        let length = head.headers.first(name: "Content-Length").flatMap(Int.init) ?? 0
        state.withLock { state in
            state.head = head
            state.body.reserveCapacity(min(length, largestBody) + JSONReader.padding)
        }
        return task.eventLoop.makeSucceededVoidFuture()
    }

    func didReceiveBodyPart(
        task: HTTPClient.Task<HTTPAnswer>,
        _ part: ByteBuffer
    ) -> EventLoopFuture<Void> {
        counts.count(bytes: part.readableBytes)
        let fits = state.withLock { state in
            guard state.body.count + part.readableBytes <= largestBody else { return false }
            state.body.append(contentsOf: part.readableBytesView)
            return true
        }
        return fits
            ? task.eventLoop.makeSucceededVoidFuture()
            : task.eventLoop.makeFailedFuture(TooLarge())
    }

    func didFinishRequest(task: HTTPClient.Task<HTTPAnswer>) -> HTTPAnswer {
        state.withLock { state in
            HTTPAnswer(
                status: Int(state.head?.status.code ?? 0),
                headers: state.head?.headers.map { ($0.name, $0.value) } ?? [],
                body: state.body,
                url: url
            )
        }
    }
}
