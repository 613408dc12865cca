import Announcements
import Foundation
import Synchronization
import Testing

@testable import AnnouncementServer

/// Calls that go as they should, and calls of which messages are lost.
@Suite struct CallCourseTests {
    @Test func `answered, heard, hung up`() async throws {
        try await RunningDesk.run { desk in
            let caller = try TestCaller(calling: desk.port)
            let answer = try await caller.call()
            #expect(answer.status == 200)
            #expect(
                answer.first("x-announcement").map(SIPText.unescaped) == "Anna är på lunch."
            )
            try caller.send("ACK", to: answer.toTag)
            let heard = try await Recording(caller.sound, packets: 25)
            #expect(heard.sound == RunningDesk.sound)
            #expect(heard.isInOrder)
            let bye = try await caller.next()
            #expect(bye.method == "BYE")
            #expect(bye.first("from").map(SIPText.parameters)?["tag"] == answer.toTag)
            try caller.accept(bye)
            #expect(try await desk.ends(1) == ["lunch: played"])
        }
    }

    @Test func `an INVITE that comes again is one call`() async throws {
        try await RunningDesk.run { desk in
            let caller = try TestCaller(calling: desk.port)
            let answer = try await caller.call()
            try caller.send("INVITE", body: caller.offer())
            let again = try await caller.next()
            #expect(again == answer)
            // By another way it is a loop.
            try caller.send("INVITE", branch: "z9hG4bKother", body: caller.offer())
            #expect(try await caller.nextStatus() == 482)
            try caller.send("ACK", to: answer.toTag)
            #expect(try await caller.next().method == "BYE")
            #expect(desk.ends == ["lunch: played"])
        }
    }

    @Test func `an answer without ACK comes again until there is one`() async throws {
        try await RunningDesk.run { desk in
            let caller = try TestCaller(calling: desk.port)
            let answer = try await caller.call()
            for _ in 0..<2 { #expect(try await caller.next() == answer) }
            try caller.send("ACK", to: "another")
            #expect(try await caller.next() == answer)
            try caller.send("ACK", to: answer.toTag)
            #expect(try await caller.next().method == "BYE")
        }
    }

    @Test func `a BYE without an answer comes again`() async throws {
        try await RunningDesk.run { desk in
            let caller = try TestCaller(calling: desk.port)
            let answer = try await caller.call()
            try caller.send("ACK", to: answer.toTag)
            let bye = try await caller.next()
            #expect(bye.method == "BYE")
            #expect(try await caller.next() == bye)
            try caller.accept(bye)
            await #expect(throws: UDPSocket.NothingCame.self) {
                try await caller.next(within: .milliseconds(1_200))
            }
            #expect(desk.ends == ["lunch: played"])
        }
    }

    @Test func `a caller who hangs up is not spoken to any more`() async throws {
        let long: @Sendable (Announcement, Law) async throws -> [UInt8] = { _, _ in
            [UInt8](repeating: 1, count: 80_000)
        }
        try await RunningDesk.run(speak: long) { desk in
            let caller = try TestCaller(calling: desk.port)
            let answer = try await caller.call()
            try caller.send("ACK", to: answer.toTag)
            _ = try await Recording(caller.sound, packets: 3)
            for _ in 0..<2 {
                // The second time the answer was lost.
                try caller.send("BYE", to: answer.toTag, sequence: 2)
                #expect(try await caller.nextStatus() == 200)
            }
            #expect(desk.ends == ["lunch: caller hung up"])
            // What was under way may still come.
            await #expect(throws: UDPSocket.NothingCame.self) {
                for _ in 0..<10 { _ = try await caller.sound.receive(within: .milliseconds(300)) }
            }
        }
    }

    @Test func `a caller who gives up before the answer`() async throws {
        let gate = AsyncStream.makeStream(of: Void.self)
        let waits: @Sendable (Announcement, Law) async throws -> [UInt8] = { _, _ in
            for await _ in gate.stream {}
            return RunningDesk.sound
        }
        try await RunningDesk.run(speak: waits) { desk in
            let caller = try TestCaller(calling: desk.port)
            try caller.send("INVITE", body: caller.offer())
            #expect(try await caller.nextStatus() == 100)
            try caller.send("CANCEL")
            let first = try await caller.next()
            let second = try await caller.next()
            #expect(Set([first, second].map(\.status)) == [200, 487])
            gate.continuation.finish()
            // 487 until it is acknowledged.
            let again = try await caller.next()
            #expect(again.status == 487)
            try caller.send("ACK", to: again.toTag, branch: caller.branch)
            await #expect(throws: UDPSocket.NothingCame.self) {
                try await caller.next(within: .milliseconds(1_200))
            }
            #expect(desk.ends == ["lunch: cancelled"])
        }
    }

    @Test func `a CANCEL that comes too late ends nothing`() async throws {
        try await RunningDesk.run { desk in
            let caller = try TestCaller(calling: desk.port)
            let answer = try await caller.call()
            try caller.send("CANCEL")
            #expect(try await caller.nextStatus() == 200)
            try caller.send("ACK", to: answer.toTag)
            #expect(try await caller.next().method == "BYE")
            #expect(desk.ends == ["lunch: played"])
        }
    }

    @Test func `where no sound can be made the call is refused`() async throws {
        let fails: @Sendable (Announcement, Law) async throws -> [UInt8] = { _, _ in
            throw SpeechProblem.saidNothing(program: "espeak-ng")
        }
        try await RunningDesk.run(speak: fails) { desk in
            let caller = try TestCaller(calling: desk.port)
            let answer = try await caller.call()
            #expect(answer.status == 500)
            try caller.send("ACK", to: answer.toTag, branch: caller.branch)
            #expect(try await desk.ends(1) == ["lunch: failed"])
        }
    }

    @Test func `a caller without an offer gets ours`() async throws {
        try await RunningDesk.run { desk in
            let caller = try TestCaller(calling: desk.port)
            let answer = try await caller.call(offer: [])
            #expect(answer.status == 200)
            #expect(SessionOffer(answer.body) == nil, "it sends only")
            #expect(String(decoding: answer.body, as: UTF8.self).contains("RTP/AVP 8\r\n"))
            try caller.send("ACK", to: answer.toTag, body: caller.offer("8"))
            #expect(try await Recording(caller.sound, packets: 25).sound == RunningDesk.sound)
            #expect(try await caller.next().method == "BYE")

            let silent = try TestCaller(calling: desk.port)
            let other = try await silent.call(offer: [])
            try silent.send("ACK", to: other.toTag)
            #expect(try await silent.next().method == "BYE")
            #expect(desk.ends == ["lunch: played", "lunch: no sound possible"])
        }
    }

    @Test func `as many calls as there are places`() async throws {
        try await RunningDesk.run(mostCalls: 2) { desk in
            let callers = try (0..<2).map { _ in try TestCaller(calling: desk.port) }
            var tags: [String?] = []
            for caller in callers { tags.append(try await caller.call().toTag) }
            let third = try TestCaller(calling: desk.port)
            #expect(try await third.call().status == 486)
            try callers[0].send("BYE", to: tags[0], sequence: 2)
            #expect(try await callers[0].nextStatus() == 200)
            #expect(try await TestCaller(calling: desk.port).call().status == 200)
        }
    }

    @Test func `callers who come and go at once find a bound`() async throws {
        try await RunningDesk.run(mostCalls: 1) { desk in
            for _ in 0..<20 {
                let caller = try TestCaller(calling: desk.port)
                let answer = try await caller.call()
                #expect(answer.status == 200)
                try caller.send("BYE", to: answer.toTag, sequence: 2)
                #expect(try await caller.nextStatus() == 200)
            }
            #expect(try await TestCaller(calling: desk.port).call().status == 486)
        }
    }
}
