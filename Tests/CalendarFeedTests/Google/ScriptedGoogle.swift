import CalendarFeed
import Foundation
import Synchronization
import Testing
import TestSupport
import Web

/// Google in a few lines: tokens for everybody, and lists of events as a test tells them.
final class ScriptedGoogle: Sendable {
    typealias Answer = @Sendable (LoopbackServer.Request) -> LoopbackServer.Reply

    private let answer: Mutex<Answer>
    private let tokens = Mutex(0)

    init(_ answer: @escaping Answer) {
        self.answer = Mutex(answer)
    }

    /// Answers with one page of these items.
    convenience init(items: [String], sync: String? = "s1") {
        self.init { _ in Self.page(items, sync: sync) }
    }

    func change(_ answer: @escaping Answer) {
        self.answer.withLock { $0 = answer }
    }

    /// Runs a source of `anna@example.com` against this.
    func run(
        choiceProperty: String? = nil,
        timeout: Duration = .seconds(30),
        _ body: (GoogleSource, LoopbackServer) async throws -> Void
    ) async throws {
        try await LoopbackServer.run({ self.reply(to: $0) }) { server in
            try await withFetcher({
                $0.timeout = timeout
                $0.retry.attempts = 4
                $0.retry.firstWait = .milliseconds(5)
            }) { fetcher in
                let source = try GoogleSource(
                    endpoint: try #require(URL(string: "\(server.url)/calendar/v3")),
                    key: try GoogleServiceAccount(KeyFile.bytes(tokenURI: "\(server.url)/token")),
                    fetcher: fetcher,
                    choiceProperty: choiceProperty,
                    now: { Event.window.lowerBound.addingTimeInterval(8 * 86400) }
                )
                try await body(source, server)
            }
        }
    }

    private func reply(to request: LoopbackServer.Request) -> LoopbackServer.Reply {
        if request.path == "/token" {
            let number = tokens.withLock { tokens in
                tokens += 1
                return tokens
            }
            return .text(200, #"{"access_token":"t\#(number)","expires_in":3599}"#)
        }
        return answer.withLock { $0 }(request)
    }

    static func page(
        _ items: [String],
        next: String? = nil,
        sync: String? = nil,
        role: String = "owner"
    ) -> LoopbackServer.Reply {
        var members = [
            #""kind":"calendar#events","accessRole":"\#(role)""#,
            #""items":[\#(items.joined(separator: ","))]"#,
        ]
        if let next { members.append(#""nextPageToken":"\#(next)""#) }
        if let sync { members.append(#""nextSyncToken":"\#(sync)""#) }
        return .text(200, "{\(members.joined(separator: ","))}")
    }

    static func error(
        _ status: Int,
        _ reason: String,
        headers: [(String, String)] = []
    ) -> LoopbackServer.Reply {
        .answer(
            status,
            headers: headers,
            body: Array(
                #"{"error":{"errors":[{"domain":"global","reason":"\#(reason)","message":"SECRET"}],"#
                    .utf8
            ) + Array(#""code":\#(status),"message":"SECRET"}}"#.utf8)
        )
    }

    /// An event on a day of November 2026, from 9 to 10 in Stockholm.
    static func event(
        _ id: String,
        day: Int = 23,
        series: String? = nil,
        updated: String = "2026-11-01T00:00:00.000Z",
        _ more: String = ""
    ) -> String {
        #"{"id":"\#(id)","status":"confirmed","updated":"\#(updated)","#
            + (series.map { #""recurringEventId":"\#($0)","# } ?? "")
            + #""start":{"dateTime":"2026-11-\#(day)T09:00:00+01:00"},"#
            + #""end":{"dateTime":"2026-11-\#(day)T10:00:00+01:00"}\#(more)}"#
    }

    static func deleted(_ id: String, series: String? = nil) -> String {
        #"{"id":"\#(id)","status":"cancelled""#
            + (series.map { #","recurringEventId":"\#($0)""# } ?? "") + "}"
    }
}

/// A service account's file, with a key that was made for this run.
enum KeyFile {
    static let key: String = {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/openssl")
        process.arguments = [
            "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-quiet",
        ]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try? process.run()
        let key = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: key, as: UTF8.self)
    }()

    static func members(tokenURI: String = "https://oauth2.googleapis.com/token") -> [String:
        String]
    {
        [
            "type": "service_account", "project_id": "kk", "private_key_id": "abc123",
            "private_key": key, "client_email": "kk@kk.iam.gserviceaccount.com",
            "client_id": "1234567890", "token_uri": tokenURI,
        ]
    }

    static func bytes(tokenURI: String) throws -> [UInt8] {
        Array(try JSONEncoder().encode(members(tokenURI: tokenURI)))
    }
}

extension LoopbackServer {
    /// Requests for events, of which the query is read.
    var lists: [LoopbackServer.Request] { requests.filter { $0.path != "/token" } }
}

extension LoopbackServer.Request {
    func parameter(_ name: String) -> String? {
        URLComponents(string: path)?.queryItems?.first { $0.name == name }?.value
    }
}
