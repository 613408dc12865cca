import Foundation
import Testing
import TestSupport
@testable import Web

@Suite struct `HTTPFetcher: one answer` {
    @Test func `a request carries our name, its credentials and its body`() async throws {
        try await LoopbackServer.run({ _ in .text(200, "hello") }) { server in
            let answer = try await withFetcher { fetcher in
                try await fetcher.send(
                    HTTPRequest(
                        "REPORT",
                        try #require(URL(string: "\(server.url)/a%40b/?x=1")),
                        headers: [("Depth", "1")],
                        body: Array("question".utf8),
                        credentials: .basic(user: "anna", password: "åäö")
                    )
                )
            }
            #expect(String(decoding: answer.body, as: UTF8.self) == "hello")
            let request = try #require(server.requests.first)
            #expect(request.method == "REPORT")
            #expect(request.path == "/a%40b/?x=1")
            #expect(request.body == "question")
            #expect(request.header("User-Agent") == "kalenderkoppling")
            #expect(request.header("Authorization") == "Basic YW5uYTrDpcOkw7Y=")
            #expect(request.header("Depth") == "1")
            #expect(request.header("Accept-Encoding")?.contains("gzip") == true)
        }
    }

    @Test func `a compressed body is taken in decompressed`() async throws {
        let text = Array(String(repeating: "BEGIN:VCALENDAR ", count: 10_000).utf8)
        let reply = LoopbackServer.Reply.answer(
            200,
            headers: [("Content-Encoding", "gzip")],
            body: Gzip.stored(text)
        )
        try await LoopbackServer.run({ _ in reply }) { server in
            let answer = try await withFetcher { try await $0.send(request(server)) }
            #expect(answer.body == text)
        }
    }

    static let cutOffs: [(String, LoopbackServer.Reply)] = [
        ("before its Content-Length", .cutOff(200, promised: 10, "short")),
        (
            "in a chunk",
            .bytes(Array("HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nshort".utf8))
        ),
        (
            "before the last chunk",
            .bytes(Array("HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n".utf8))
        ),
        (
            "in compressed data",
            .answer(
                200,
                headers: [("Content-Encoding", "gzip")],
                body: Array(Gzip.stored(Array("short".utf8)).dropLast(9))
            )
        ),
    ]

    @Test(arguments: cutOffs.indices)
    func `an answer that is cut off is an error, never a short body`(index: Int) async throws {
        let (place, reply) = Self.cutOffs[index]
        try await LoopbackServer.run({ _ in reply }) { server in
            let code = try await withFetcher { fetcher in
                try await failureCode { try await fetcher.send(request(server)) }
            }
            #expect(code == .truncated, "cut off \(place)")
        }
    }

    @Test func `a body over the limit is not taken in, however it comes`() async throws {
        let large = [UInt8](repeating: 0x20, count: 5000)
        let replies: [LoopbackServer.Reply] = [
            .answer(200, body: large),
            .bytes(Array("HTTP/1.1 200 X\r\n\r\n".utf8) + large),
            .answer(200, headers: [("Content-Encoding", "gzip")], body: Gzip.stored(large)),
        ]
        for reply in replies {
            try await LoopbackServer.run({ _ in reply }) { server in
                let code = try await withFetcher({ $0.largestBody = 4999 }) { fetcher in
                    try await failureCode { try await fetcher.send(request(server)) }
                }
                #expect(code == .tooLarge)
                let body = try await withFetcher({ $0.largestBody = 5000 }) { fetcher in
                    try await fetcher.send(request(server)).body
                }
                #expect(body == large)
            }
        }
    }

    @Test(arguments: ["", "HTTP/1.1 200 X\r\nContent-Length: 9\r\n\r\nshort"])
    func `a server that stalls is given up when the time is over`(start: String) async throws {
        try await LoopbackServer.run({ _ in .stall(Array(start.utf8)) }) { server in
            let begin = ContinuousClock.now
            let code = try await withFetcher({ $0.timeout = .milliseconds(300) }) { fetcher in
                try await failureCode { try await fetcher.send(request(server)) }
            }
            #expect(code == .timedOut)
            #expect(ContinuousClock.now - begin < .seconds(5))
        }
    }

    @Test func `whoever waits for a connection is given up with it`() async throws {
        try await LoopbackServer.run({ _ in .stall([]) }) { server in
            try await withFetcher({
                $0.timeout = .milliseconds(300)
                $0.connectionsPerHost = 1
            }) { fetcher in
                let request = request(server)
                async let first = failureCode { try await fetcher.send(request) }
                async let second = failureCode { try await fetcher.send(request) }
                let waiting = Task { try await fetcher.send(request) }
                while server.requests.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
                waiting.cancel()
                await #expect(throws: CancellationError.self) { try await waiting.value }
                #expect(try await [first, second] == [.timedOut, .timedOut])
            }
        }
    }

    @Test func `the time of a request is that of its redirects as well`() async throws {
        try await LoopbackServer.run({ request in
            request.path == "/" ? .answer(307, headers: [("Location", "/there")]) : .stall([])
        }) { server in
            let code = try await withFetcher({ $0.timeout = .milliseconds(300) }) { fetcher in
                try await failureCode { try await fetcher.send(request(server)) }
            }
            #expect(code == .timedOut)
            #expect(server.requests.count == 2)
        }
    }

    @Test func `an answer without a body is an answer`() async throws {
        let replies: [LoopbackServer.Reply] = [
            .text(200), .bytes(Array("HTTP/1.1 204 X\r\n\r\n".utf8)),
        ]
        for reply in replies {
            try await LoopbackServer.run({ _ in reply }) { server in
                let answer = try await withFetcher { try await $0.send(request(server)) }
                #expect([200, 204].contains(answer.status))
                #expect(answer.body.isEmpty)
            }
        }
    }

    @Test func `a port where nobody listens is told at once`() async throws {
        let port = try await LoopbackServer.run({ _ in .close }) { $0.port }
        let begin = ContinuousClock.now
        let code = try await withFetcher { fetcher in
            try await failureCode {
                try await fetcher.send(HTTPRequest(url: "http://127.0.0.1:\(port)/"))
            }
        }
        #expect(code == .unreachable)
        #expect(ContinuousClock.now - begin < .seconds(5))
    }

    @Test func `a cancelled task ends at once and not as a failure of the server`() async throws {
        try await LoopbackServer.run({ _ in .stall([]) }) { server in
            try await withFetcher { fetcher in
                let request = request(server)
                let task = Task { try await fetcher.send(request) }
                while server.requests.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
                task.cancel()
                await #expect(throws: CancellationError.self) { try await task.value }
            }
        }
    }

    @Test func `no secret stands in a description or an error`() async throws {
        let secrets: [HTTPCredentials] = [
            .basic(user: "anna", password: "hemligt"), .bearer(token: "hemligt\r\nX: y"),
        ]
        for credentials in secrets {
            var text = "\(credentials) \(String(reflecting: credentials))"
            dump(credentials, to: &text)
            dump(HTTPRequest(url: "http://127.0.0.1/", credentials), to: &text)
            #expect(!text.contains("hemligt"))
        }
        let error = await #expect(throws: RemoteFailure.self) {
            try await withFetcher { fetcher in
                try await fetcher.send(HTTPRequest(url: "http://127.0.0.1:9/hemligt", secrets[1]))
            }
        }
        #expect(error?.description.contains("hemligt") == false)
    }

    private func request(_ server: LoopbackServer) -> HTTPRequest {
        HTTPRequest(url: "\(server.url)/")
    }
}
