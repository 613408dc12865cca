import AbsenceModel
import Announcements
import ArgumentParser
import Dispatch
import Foundation
import Glibc
import NIOCore
import NIOPosix

/// Answers calls until it is told to end.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Answers calls until SIGTERM or SIGINT.",
        discussion: """
            It answers sip:annc@HOST;play=absence;locale=sv_SE;param1=REASON;param2=YYYYMMDDTHHMM;\
            param3=NAME, with sv_SE, nb_NO or en_GB, and ;play=confirm;param1=away or back. The \
            return time is that of the person's clock on the wall; the name is percent-escaped.

            Each finished call is one line of JSON on standard output. It needs the programs \
            espeak-ng and sox.
            """
    )

    @Option(help: "The address to listen on, and to send sound from.")
    var address = "127.0.0.1"
    @Option(help: "The UDP port; 0 takes a free one.")
    var port = 5_060
    @Option(help: "What others reach this server by, where that is another address.")
    var publicAddress: String?
    @Option(
        help: ArgumentHelp(
            "The address of a telephone system that may call; all others are not heard.",
            discussion: "May be given several times. Without it everybody may call."
        )
    )
    var peer: [String] = []
    @Option(help: "UDP ports to send sound from, as 20000-20199; free ones unless given.")
    var mediaPorts: String?
    @Option(help: "How many calls may go on at once; further ones are answered 486.")
    var calls = 100
    @Option(help: "Where people's clocks are.")
    var timeZone = "Europe/Stockholm"
    @Option(help: "Spoken where a call names no language that is known: sv, nb or en.")
    var language = SpokenLanguage.swedish
    @Option(help: "A folder of recordings to play in the place of synthesised speech.")
    var prompts: String?
    @Option(help: "A folder to keep synthesised speech in from one start to the next.")
    var cache: String?
    @Option(help: ArgumentHelp("The date to go by, as 2026-11-23, for tests.", visibility: .hidden))
    var today: String?

    func run() async throws {
        signal(SIGPIPE, SIG_IGN)
        let settings = try settings()
        let channel: any Channel
        do {
            channel = try await DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                // A whole datagram, however long.
                .channelOption(
                    .recvAllocator,
                    value: FixedSizeRecvByteBufferAllocator(capacity: 65_536)
                )
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(CallDesk(settings))
                    }
                }
                .bind(host: address, port: port)
                .get()
        } catch {
            throw ValidationError("cannot listen on \(address):\(port): \(error)")
        }
        let signals = [SIGTERM, SIGINT].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler {
                channel.pipeline.fireUserInboundEventTriggered(CallDesk.Closing())
            }
            source.resume()
            return source
        }
        let bound = channel.localAddress.flatMap(Endpoint.init)?.description ?? address
        Self.write("listening on \(bound)", to: .standardOutput)
        try await channel.closeFuture.get()
        withExtendedLifetime(signals) {}
        Self.lines.sync {}
    }

    private func settings() throws -> DeskSettings {
        guard let zone = TimeZone(identifier: timeZone) else {
            throw ValidationError("--time-zone: there is no time zone \(timeZone)")
        }
        guard (1...10_000).contains(calls) else {
            throw ValidationError("--calls is 1 to 10000")
        }
        guard address != "0.0.0.0" && address != "::" || publicAddress != nil else {
            throw ValidationError(
                "--address \(address) is every address; say by --public-address which one "
                    + "callers reach"
            )
        }
        for given in peer + [publicAddress].compactMap(\.self)
        where Endpoint(host: given, port: 1).address == nil {
            throw ValidationError("\(given) is no IP address")
        }
        let speaker = Speaker(
            recordings: try prompts.map { try RecordedPrompts(folder: URL(filePath: $0)) },
            folder: try cache.map { try SoundFolder(URL(filePath: $0)) }
        )
        return DeskSettings(
            speak: { try await speaker.sound(of: $0, in: $1) },
            timeZone: zone,
            language: language,
            mostCalls: calls,
            peers: peer.isEmpty ? nil : Set(peer),
            publicAddress: publicAddress,
            mediaPorts: try mediaPorts.map(Self.ports),
            now: try clock(in: zone),
            record: { line in Self.lines.async { Self.write(line, to: .standardOutput) } },
            complain: { line in Self.lines.async { Self.write(line, to: .standardError) } }
        )
    }

    private func clock(in zone: TimeZone) throws -> @Sendable () -> Date {
        guard let today else { return { Date() } }
        guard let date = LocalDate(today) else {
            throw ValidationError("--today is not a date such as 2026-11-23")
        }
        let noon = WallClock(date: date, hour: 12).instant(in: zone)
        return { noon }
    }

    private static func ports(_ text: String) throws -> ClosedRange<Int> {
        let (first, last) = SIPText.cut(text, at: "-")
        guard let last, let low = SIPText.number(first, atMost: 65_535),
            let high = SIPText.number(last, atMost: 65_535), low >= 1_024, low <= high
        else { throw ValidationError("--media-ports is two ports from 1024, as 20000-20199") }
        return low...high
    }

    /// Where lines are written, so that a reader who is slow keeps no sound waiting.
    private static let lines = DispatchQueue(label: "lines")

    /// One whole line; a reader who has gone is no reason to end.
    private static func write(_ line: String, to file: FileHandle) {
        try? file.write(contentsOf: Data("\(line)\n".utf8))
    }
}
