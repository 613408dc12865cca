import SIP
import Testing

/// Calls that are judged by sipp: its scenario goes on only where each message is as it must be.
@Suite struct SIPCallTests {
    private func client(_ port: Int, transport: SIPServer.Transport = .udp) -> SIPClient {
        SIPClient(
            server: SIPServer(host: "127.0.0.1", port: UInt16(port), transport: transport),
            account: SIPAccount(
                domain: "pbx.test",
                name: "900",
                credentials: SIPCredentials(user: "900", password: "secret word")
            )
        )
    }

    @Test(arguments: [("u1", SIPServer.Transport.udp), ("t1", .tcp)])
    func isTakenAfterAChallengeAndHungUp(sipp: String, transport: SIPServer.Transport) async throws
    {
        let (outcome, _) = try await SippServer.run("call", transport: sipp) { port in
            // Kept until sipp has ended: its connection closes with it.
            let client = client(port, transport: transport)
            return (try await client.dial("*23*3*1430#"), client)
        }
        #expect(outcome == .accepted)
    }

    @Test func acknowledgesAnAcceptanceThatComesAgain() async throws {
        let outcome = try await SippServer.run("again") { port in
            try await client(port).dial("#23#")
        }
        #expect(outcome == .accepted)
    }

    @Test(arguments: [
        ("404 Not Found", 404), ("486 Busy Here", 486), ("500 Failure", 500), ("603 Decline", 603),
        ("302 Moved Temporarily", 302),
    ])
    func tellsTheStatusOfARefusal(line: String, status: Int) async throws {
        let fields = ["status": line, "extra": "X-None: 1"]
        let outcome = try await SippServer.run("refused", filling: fields) { port in
            try await client(port).dial("101")
        }
        #expect(outcome == .refused(status: status, retryAfter: nil))
    }

    @Test func tellsHowLongToWait() async throws {
        let fields = ["status": "503 Service Unavailable", "extra": "Retry-After: 7 (a while)"]
        let outcome = try await SippServer.run("refused", filling: fields) { port in
            try await client(port).dial("101")
        }
        #expect(outcome == .refused(status: 503, retryAfter: .seconds(7)))
    }

    @Test func answersNoChallengeWithoutAPassword() async throws {
        let fields = [
            "status": "407 Proxy Authentication Required",
            "extra": #"Proxy-Authenticate: Digest realm="pbx.test", nonce="1""#,
        ]
        let outcome = try await SippServer.run("refused", filling: fields) { port in
            let client = SIPClient(
                server: SIPServer(host: "127.0.0.1", port: UInt16(port)),
                account: SIPAccount(domain: "pbx.test", name: "900")
            )
            return try await client.dial("101")
        }
        #expect(outcome == .refused(status: 407, retryAfter: nil))
    }

    @Test func cancelsWhatNobodyTakes() async throws {
        let outcome = try await SippServer.run("unanswered") { port in
            try await client(port).dial("101", within: .seconds(1))
        }
        #expect(outcome == .unknown)
    }

    @Test func endsACallThatIsTakenTooLate() async throws {
        let outcome = try await SippServer.run("late") { port in
            try await client(port).dial("101", within: .seconds(1))
        }
        #expect(outcome == .accepted)
    }

    @Test func doesNotKnowWhatSilenceDid() async throws {
        // Nobody is there; over UDP nothing says so.
        let outcome = try await client(9).dial("101", within: .milliseconds(300))
        #expect(outcome == .unknown)
    }

    @Test func isCertainWhereNoConnectionCanBeMade() async throws {
        await #expect(throws: SIPError.self) {
            try await client(9, transport: .tcp).dial("101")
        }
    }

    @Test func aCancelledTaskIsNotKeptWaiting() async throws {
        let outcome = try await SippServer.run("unanswered") { port in
            let client = client(port)
            let call = Task { try await client.dial("101", within: .seconds(60)) }
            try await Task.sleep(for: .milliseconds(500))
            call.cancel()
            return try await call.value
        }
        #expect(outcome == .unknown)
    }

    @Test(arguments: [("200 OK", true), ("405 Not Allowed", true), ("503 Not Now", false)])
    func looksWhetherTheServerIsThere(line: String, isThere: Bool) async throws {
        try await SippServer.run("options", filling: ["status": line]) { port in
            let client = client(port)
            if isThere {
                try await client.look()
            } else {
                await #expect(throws: SIPError.self) { try await client.look() }
            }
        }
    }
}
