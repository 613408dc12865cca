import Announcements
import Foundation
import Testing

@testable import AnnouncementServer

/// The program as it is run.
@Suite struct ServerTests {
    @Test(arguments: [
        ("8 0", Law.a, "sv_SE", SpokenLanguage.swedish), ("0 8", .u, "nb_NO", .norwegian),
    ])
    func `a caller hears the announcement byte for byte`(
        _ formats: String,
        _ law: Law,
        _ locale: String,
        _ language: SpokenLanguage
    ) async throws {
        let expected = Announcement.meeting(of: "Åsa Öberg", in: language)
        let speech = try await Speaker().sound(of: expected, in: law)
        try await RunningServer.run { server in
            let caller = try TestCaller(calling: server.port)
            let uri =
                "sip:annc@127.0.0.1:\(server.port);play=absence;locale=\(locale);param1=meeting"
                + ";param2=20261125T1200;param3=%C3%85sa%20%C3%96berg"
            let answer = try await caller.call(uri, offer: caller.offer(formats))
            #expect(answer.status == 200)
            #expect(answer.first("x-announcement").map(SIPText.unescaped) == expected.text)
            try caller.send("ACK", uri, to: answer.toTag)
            let packets = (speech.count + 159) / 160
            let heard = try await Recording(caller.sound, packets: packets)
            #expect(Array(heard.sound.prefix(speech.count)) == speech)
            #expect(heard.sound.dropFirst(speech.count).allSatisfy { $0 == law.silence })
            #expect(heard.isInOrder)
            #expect(heard.payloadTypes == [law.payloadType])
            // As long as it takes to hear, for no packet leaves early.
            #expect(heard.duration > Double(packets - 1) * 0.02 * 0.95)
            let bye = try await caller.next()
            #expect(bye.method == "BYE")
            try caller.accept(bye)

            struct Line: Decodable, Equatable {
                var call_id: String
                var text: String
                var end: String
                var reason: String
                var until: String?
                var packets: Int
            }
            let line = try #require(try await server.lines(1).first)
            #expect(
                try JSONDecoder().decode(Line.self, from: Data(line.utf8))
                    == Line(
                        call_id: caller.callID,
                        text: expected.text,
                        end: "played",
                        reason: "meeting",
                        until: "20261125T1200",
                        packets: packets
                    )
            )
        }
    }

    @Test func `it ends at SIGTERM, and hangs up before`() async throws {
        try await RunningServer.run { server in
            let caller = try TestCaller(calling: server.port)
            let answer = try await caller.call()
            try caller.send("ACK", to: answer.toTag)
            _ = try await Recording(caller.sound, packets: 2)
            #expect(try await server.terminate() == 0)
            #expect(try await caller.next().method == "BYE")
            let lines = try server.lines()
            #expect(lines.count == 1)
            #expect(lines.first?.contains("\"end\":\"stopped\"") == true)
        }
    }

    @Test func `it plays recordings, and keeps speech`() async throws {
        try await withTemporaryFolder { folder in
            let cache = folder.appending(path: "cache").path
            try await RunningServer.run(["--cache", cache, "--media-ports", "16400-16499"]) {
                server in
                let caller = try TestCaller(calling: server.port)
                let answer = try await caller.call()
                let body = String(decoding: answer.body, as: UTF8.self)
                #expect(body.contains(#/m=audio 164\d\d RTP/#))
                try caller.send("BYE", to: answer.toTag, sequence: 2)
                #expect(try await caller.nextStatus() == 200)
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: cache).count == 1)
        }
    }

    @Test(arguments: [
        ["--time-zone", "Mars/Olympus"], ["--prompts", "/nowhere"], ["--calls", "0"],
        ["--address", "0.0.0.0"], ["--peer", "proxy.example"], ["--media-ports", "9-8"],
        ["--language", "fi"], ["--today", "tomorrow"], ["--address", "192.0.2.1"],
    ])
    func `options that cannot be followed`(_ options: [String]) async throws {
        await #expect(throws: RunningServer.DidNotStart.self) {
            try await RunningServer.run(options) { _ in }
        }
    }
}
