import Testing

@testable import AnnouncementServer

/// What is refused, and what is not even heard.
@Suite struct RefusalTests {
    @Test func `requests that are not for here`() async throws {
        try await RunningDesk.run { desk in
            let caller = try TestCaller(calling: desk.port)
            let status = { (method: String, tag: String?, uri: String, body: [UInt8]) in
                try caller.send(
                    method,
                    uri,
                    to: tag,
                    branch: "z9hG4bK\(SIPRandom.token())",
                    body: body
                )
                return try await caller.nextStatus()
            }
            let lunch = "sip:annc@127.0.0.1;play=absence;param1=lunch"
            #expect(try await status("OPTIONS", nil, "sip:annc@127.0.0.1", []) == 200)
            #expect(try await status("REGISTER", nil, "sip:127.0.0.1", []) == 405)
            #expect(try await status("DANCE", nil, lunch, []) == 501)
            #expect(try await status("BYE", "nobody", lunch, []) == 481)
            #expect(try await status("CANCEL", nil, lunch, []) == 481)
            #expect(try await status("INVITE", "nobody", lunch, caller.offer()) == 481)
            #expect(try await status("INVITE", nil, "sip:annc@h;play=x", caller.offer()) == 404)
            #expect(
                try await status("INVITE", nil, "sip:anna@h;play=absence", caller.offer()) == 404
            )
            #expect(try await status("INVITE", nil, lunch, caller.offer("9 18")) == 488)
            #expect(try await status("INVITE", nil, lunch, [1, 2, 3]) == 488)
            #expect(desk.ends.isEmpty)
        }
    }

    @Test func `the same request is refused with the same words`() async throws {
        try await RunningDesk.run { desk in
            let caller = try TestCaller(calling: desk.port)
            try caller.send("INVITE", "sip:annc@h;play=x", body: caller.offer())
            let refusal = try await caller.next()
            try caller.send("INVITE", "sip:annc@h;play=x", body: caller.offer())
            #expect(try await caller.next() == refusal)
            // The ACK of it is no matter.
            try caller.send("ACK", to: refusal.toTag, branch: caller.branch)
            #expect(try await caller.call().status == 200)
        }
    }

    @Test func `extensions and bodies that are not known`() async throws {
        try await RunningDesk.run { desk in
            let caller = try TestCaller(calling: desk.port)
            try caller.send("INVITE", body: caller.offer()) { $0.add("require", "100rel, timer") }
            let answer = try await caller.next()
            #expect(answer.status == 420)
            #expect(answer.all("unsupported") == ["100rel", "timer"])
            try caller.send("INVITE", body: [0x61]) { message in
                message.headers.removeAll { $0.name == "content-type" }
                message.add("content-type", "multipart/mixed;boundary=x")
            }
            #expect(try await caller.nextStatus() == 415)
        }
    }

    @Test func `a call that goes on is not changed`() async throws {
        try await RunningDesk.run { desk in
            let caller = try TestCaller(calling: desk.port)
            let answer = try await caller.call()
            try caller.send("ACK", to: answer.toTag)
            try caller.send(
                "INVITE",
                to: answer.toTag,
                sequence: 2,
                branch: "z9hG4bKhold",
                body: caller.offer()
            )
            #expect(try await caller.nextStatus() == 488)
            #expect(try await Recording(caller.sound, packets: 25).sound == RunningDesk.sound)
            #expect(try await caller.next().method == "BYE")
        }
    }

    @Test func `requests with something missing`() async throws {
        try await RunningDesk.run { desk in
            let caller = try TestCaller(calling: desk.port)
            for missing in ["from", "to", "call-id", "cseq"] {
                try caller.send("INVITE", body: caller.offer()) { message in
                    message.headers.removeAll { $0.name == missing }
                }
                #expect(try await caller.nextStatus() == 400)
            }
            try caller.send("INVITE") { $0.headers[4].value = "1 OPTIONS" }
            #expect(try await caller.nextStatus() == 400)
            // Without a Via nobody knows where to.
            try caller.send("INVITE") { $0.headers.removeFirst() }
            for noise in ["", "\r\n\r\n", "noise", String(repeating: "\u{0}", count: 60_000)] {
                try caller.signals.send(noise.utf8, to: desk.port)
            }
            #expect(try await caller.call().status == 200)
        }
    }

    @Test func `a telephone system that was not named is not heard`() async throws {
        try await RunningDesk.run(peers: ["192.0.2.1"]) { desk in
            let caller = try TestCaller(calling: desk.port)
            try caller.send("OPTIONS")
            await #expect(throws: UDPSocket.NothingCame.self) {
                try await caller.next(within: .milliseconds(300))
            }
        }
    }
}
