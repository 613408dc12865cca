import Announcements
import Foundation
import NIOCore
import NIOPosix
import Synchronization

@testable import AnnouncementServer

/// A desk that takes calls inside a test.
struct RunningDesk {
    /// What is spoken unless a test says otherwise: half a second.
    static let sound = (0..<4_000).map { UInt8(truncatingIfNeeded: $0 / 160 &+ $0) }

    let port: Int
    private let record: Record

    /// The ends of the calls so far, as `lunch: played`.
    var ends: [String] { record.lines.withLock { $0 } }

    /// Waits until so many calls have ended.
    func ends(_ count: Int) async throws -> [String] {
        for _ in 0..<2_000 where ends.count < count { try await Task.sleep(for: .milliseconds(10)) }
        return ends
    }

    static func run(
        mostCalls: Int = 100,
        peers: Set<String>? = nil,
        speak: @escaping @Sendable (Announcement, Law) async throws -> [UInt8] = { _, _ in sound },
        _ body: (RunningDesk) async throws -> Void
    ) async throws {
        let record = Record()
        let settings = DeskSettings(
            speak: speak,
            timeZone: .gmt,
            language: .swedish,
            mostCalls: mostCalls,
            peers: peers,
            publicAddress: nil,
            mediaPorts: nil,
            now: { Date(timeIntervalSince1970: 1_795_600_000) },
            record: { record.add($0) },
            complain: { _ in }
        )
        let channel = try await DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(CallDesk(settings))
                }
            }
            .bind(host: "127.0.0.1", port: 0)
            .get()
        do {
            try await body(RunningDesk(port: channel.localAddress?.port ?? 0, record: record))
        } catch {
            channel.pipeline.fireUserInboundEventTriggered(CallDesk.Closing())
            try await channel.closeFuture.get()
            throw error
        }
        channel.pipeline.fireUserInboundEventTriggered(CallDesk.Closing())
        try await channel.closeFuture.get()
    }

    private final class Record: Sendable {
        let lines = Mutex<[String]>([])

        func add(_ line: String) {
            struct Finished: Decodable {
                var reason: String
                var end: String
            }
            let finished = try? JSONDecoder().decode(Finished.self, from: Data(line.utf8))
            lines.withLock { $0.append(finished.map { "\($0.reason): \($0.end)" } ?? line) }
        }
    }
}
