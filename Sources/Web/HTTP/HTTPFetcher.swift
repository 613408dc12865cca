import AsyncHTTPClient
import Foundation
package import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOPosix
import NIOSSL

/// Sends requests and takes in their answers, whole or not at all.
///
/// A redirect is followed within the origin of the request only, with its method and body kept.
/// Certificates are always verified. Whoever makes a fetcher ends it by ``shutdown()``.
public final class HTTPFetcher: Sendable {
    private let client: HTTPClient
    private let settings: HTTPSettings
    /// What went to and fro.
    public let counts: TrafficCounts

    /// - Throws: ``RemoteFailure`` where the file of certificate authorities cannot be read.
    public convenience init(
        _ settings: HTTPSettings = HTTPSettings(),
        counts: TrafficCounts = TrafficCounts()
    ) throws(RemoteFailure) {
        try self.init(settings, counts: counts, connectionOpened: nil)
    }

    /// - Parameter connectionOpened: sees every connection before the first request on it, after
    ///   its TLS handshake.
    package init(
        _ settings: HTTPSettings,
        counts: TrafficCounts,
        connectionOpened: (@Sendable (any Channel) -> EventLoopFuture<Void>)?
    ) throws(RemoteFailure) {
        var configuration = HTTPClient.Configuration()
        configuration.tlsConfiguration = try Self.tls(settings.certificateAuthorityFile)
        configuration.redirectConfiguration = .disallow
        configuration.timeout.connect = TimeAmount(settings.connectTimeout)
        // A refused connection is told at once; the client would try until the time is over.
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit =
            settings.connectionsPerHost
        configuration.decompression = .enabled(limit: .size(settings.largestBody))
        configuration.httpVersion = .http1Only
        configuration.http1_1ConnectionDebugInitializer = connectionOpened
        self.settings = settings
        self.counts = counts
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// Closes all connections. The fetcher cannot be used afterwards.
    public func shutdown() async throws {
        try await client.shutdown()
    }

    /// What is done about a request that failed for the moment.
    public enum Repetition: Sendable {
        /// It is sent again after 429, 503 and a lost connection.
        case everything
        /// It is sent again after a lost connection; refusals are the caller's to handle, who
        /// keeps to a budget.
        case lostConnections
        /// It is sent once; the caller has a way of its own.
        case nothing
    }

    /// When a request is repeated, for callers who repeat by themselves.
    package var retry: HTTPRetry { settings.retry }

    /// Sends `request`, repeats it as ``HTTPRetry`` says, and returns the last answer, of
    /// whatever status.
    ///
    /// - Parameter repetition: what is repeated here, and not by the caller.
    /// - Throws: ``RemoteFailure`` where there is no whole answer: `unreachable`, `timedOut`,
    ///   `truncated`, `tooLarge`, `malformed`, or `refused` for a redirect to another host.
    ///   `CancellationError` where the task was cancelled.
    public func send(
        _ request: HTTPRequest,
        repeating repetition: Repetition = .everything
    ) async throws -> HTTPAnswer {
        guard let origin = HTTPOrigin(request.url) else {
            throw RemoteFailure(.unreachable, "not an http or https address: write it in full")
        }
        var attempt = 1
        while true {
            let wait: Duration
            do {
                let answer = try await answer(to: request, of: origin)
                guard repetition == .everything, answer.status == 429 || answer.status == 503,
                    let pause = settings.retry.wait(after: attempt, answer: answer)
                else { return answer }
                wait = pause
            } catch is LostConnection {
                guard repetition != .nothing, request.isIdempotent,
                    let pause = settings.retry.wait(after: attempt)
                else {
                    throw RemoteFailure(
                        .unreachable,
                        "\(origin) closed the connection without an answer"
                    )
                }
                wait = pause
            }
            counts.countWait(wait, isRetry: true)
            try await Task.sleep(for: wait)
            attempt += 1
        }
    }

    /// One exchange with its redirects, ended when its time is over.
    private func answer(to request: HTTPRequest, of origin: HTTPOrigin) async throws -> HTTPAnswer {
        let deadline = NIODeadline.now() + TimeAmount(settings.timeout)
        var request = request
        for _ in 0...Self.redirectLimit {
            let answer = try await exchange(request, with: origin, by: deadline)
            guard [301, 302, 307, 308].contains(answer.status),
                let location = answer.header("Location")
            else { return answer }
            guard let target = URL(string: location, relativeTo: request.url)?.absoluteURL,
                let targetOrigin = HTTPOrigin(target)
            else {
                throw RemoteFailure(
                    .malformed,
                    "\(origin) redirects to something that is no address"
                )
            }
            guard targetOrigin == origin else {
                throw RemoteFailure(
                    .refused,
                    "\(origin) redirects to \(targetOrigin), and another host is not followed: "
                        + "write the new address in the settings"
                )
            }
            request.url = target
        }
        throw RemoteFailure(.malformed, "\(origin) redirects more than \(Self.redirectLimit) times")
    }

    /// One request and one answer.
    private func exchange(
        _ request: HTTPRequest,
        with origin: HTTPOrigin,
        by deadline: NIODeadline
    ) async throws -> HTTPAnswer {
        var headers = HTTPHeaders(request.headers)
        headers.replaceOrAdd(name: "User-Agent", value: "kalenderkoppling")
        if let credentials = request.credentials {
            headers.replaceOrAdd(name: "Authorization", value: credentials.headerValue)
        }
        let collector = AnswerCollector(
            from: request.url,
            largestBody: settings.largestBody,
            counts: counts
        )
        counts.countRequest()
        do {
            try Task.checkCancellation()
            let task = client.execute(
                request: try HTTPClient.Request(
                    url: request.url,
                    method: HTTPMethod(rawValue: request.method),
                    headers: headers,
                    body: request.body.isEmpty ? nil : .byteBuffer(ByteBuffer(bytes: request.body))
                ),
                delegate: collector,
                deadline: deadline
            )
            return try await withTaskCancellationHandler {
                try await task.get()
            } onCancel: {
                task.cancel()
            }
        } catch {
            let failure = failure(of: error, from: origin, isBodyUnderWay: collector.isUnderWay)
            // Whoever waits for a connection until the end is told of one that was lost before.
            throw failure is LostConnection && deadline <= .now() ? timedOut(origin) : failure
        }
    }

    private static func tls(_ authorityFile: String?) throws(RemoteFailure) -> TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.certificateVerification = .fullVerification
        guard let authorityFile else { return configuration }
        do {
            let certificates = try NIOSSLCertificate.fromPEMFile(authorityFile)
            configuration.additionalTrustRoots = [.certificates(certificates)]
        } catch {
            throw RemoteFailure(
                .notFound,
                "\(authorityFile) holds no PEM certificates that can be read"
            )
        }
        return configuration
    }

    private static let redirectLimit = 5
}

extension HTTPFetcher {
    /// The connection ended before the answer began.
    private struct LostConnection: Error {}

    private func tooLarge(_ origin: HTTPOrigin) -> RemoteFailure {
        RemoteFailure(
            .tooLarge,
            "\(origin) sent more than the \(settings.largestBody) bytes that are taken in at once"
        )
    }

    /// What `error` means to a caller. Its own text is left out: it may hold header values.
    private func failure(
        of error: any Error,
        from origin: HTTPOrigin,
        isBodyUnderWay: Bool
    ) -> any Error {
        if Task.isCancelled || error is CancellationError { return CancellationError() }
        switch error {
        case is AnswerCollector.TooLarge, NIOHTTPDecompression.DecompressionError.limit:
            return tooLarge(origin)
        case let error as HTTPClientError where error == .deadlineExceeded:
            return timedOut(origin)
        case let error as HTTPClientError
        where error == .connectTimeout || error == .tlsHandshakeTimeout:
            return RemoteFailure(
                .timedOut,
                "\(origin) took no connection within \(settings.connectTimeout)"
            )
        case is NIOHTTPDecompression.DecompressionError:
            return RemoteFailure(.malformed, "\(origin) sent a body that cannot be decompressed")
        case is NIOConnectionError, is SocketAddressError:
            return noConnection(origin)
        // So it is told where the host is an address and not a name.
        case let error as IOError
        where [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH].contains(error.errnoCode):
            return noConnection(origin)
        case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError:
            return isBodyUnderWay
                ? cutOff(origin)
                : RemoteFailure(
                    .unreachable,
                    "\(origin) has no TLS connection for us: is its certificate of an authority "
                        + "that is trusted, and of this host?"
                )
        case let error as HTTPClientError
        where error == .remoteConnectionClosed || error == .uncleanShutdown:
            return isBodyUnderWay ? cutOff(origin) : LostConnection()
        case HTTPParserError.invalidEOFState, is IOError, is ChannelError,
            is NIOHTTPDecompression.ExtraDecompressionError:
            return isBodyUnderWay ? cutOff(origin) : LostConnection()
        case is HTTPParserError:
            return RemoteFailure(.malformed, "\(origin) does not answer in HTTP")
        case let error as HTTPClientError:
            return RemoteFailure(.unreachable, "\(origin): \(error.shortDescription)")
        default:
            return RemoteFailure(.unreachable, "\(origin): \(type(of: error))")
        }
    }

    private func timedOut(_ origin: HTTPOrigin) -> RemoteFailure {
        RemoteFailure(.timedOut, "\(origin) gave no whole answer within \(settings.timeout)")
    }

    private func noConnection(_ origin: HTTPOrigin) -> RemoteFailure {
        RemoteFailure(
            .unreachable,
            "\(origin) takes no connection: is its name right, and is it running?"
        )
    }

    private func cutOff(_ origin: HTTPOrigin) -> RemoteFailure {
        RemoteFailure(.truncated, "\(origin) ended the connection in the middle of its answer")
    }
}
