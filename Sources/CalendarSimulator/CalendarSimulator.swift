import ArgumentParser
import Foundation
import HTTPServing
import NIOCore
import NIOSSL

/// A server that speaks Microsoft Graph, Exchange Web Services and Google Calendar over a
/// generated organisation, for tests, demonstrations and benchmarks.
@main
struct CalendarSimulator: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serves a generated organisation's calendars on the loopback address."
    )

    enum Permissions: String, ExpressibleByArgument { case basic, full }
    enum Switch: String, ExpressibleByArgument { case on, off }

    @Option(help: "How many mailboxes, user1@exempel.example and so on.")
    var mailboxes = 50
    @Option(help: "How many bookings a mailbox has in the six weeks from a week before --around.")
    var bookings = 40
    @Option(help: "Another number makes another organisation.")
    var seed: UInt64 = 7
    @Option(help: "A date, as 2026-11-23.")
    var around = "2026-11-23"
    @Flag(help: "Adds the mailboxes big, endless, emoji and twins.")
    var specials = false
    @Option(help: "0 takes a free one.")
    var port = 0
    @Option(help: "A certificate chain in PEM, for TLS.")
    var certificate: String?
    @Option(help: "Its key in PEM.")
    var key: String?
    @Option(help: "A certificate in PEM that client assertions are verified against.")
    var clientCertificate: String?
    @Option(help: "Whether the published limits are enforced.")
    var limits = Switch.on
    @Option(help: "basic refuses bodies and extended properties in Graph.")
    var calendarPermissions = Permissions.full
    @Option(help: "Milliseconds that a request to a calendar takes at the least.")
    var latency = 1

    @Flag(help: "Graph's answers are made once while nothing changes, and kept: up to 1 GB.")
    var keep = false
    @Option(help: "A file that requests to calendars are added to, for a load tool.")
    var record: String?

    mutating func run() async throws {
        guard let around = Day(iso: around) else {
            throw ValidationError("--around is not a date such as 2026-11-23")
        }
        let read = { (path: String?) in
            try path.map { try String(contentsOfFile: $0, encoding: .utf8) }
        }
        let simulation = Simulation(
            OrganisationSettings(
                mailboxCount: mailboxes,
                bookingCount: bookings,
                seed: seed,
                around: around,
                hasSpecials: specials
            ),
            access: SimulatedAccess(
                clientCertificate: try read(clientCertificate),
                serverCertificate: try read(certificate),
                isFull: calendarPermissions == .full
            ),
            hasLimits: limits == .on,
            latency: .milliseconds(latency),
            recorder: try record.map { try Recorder(path: $0) },
            keptAnswers: keep ? KeptAnswers() : nil
        )
        let server = HTTPServer(
            faces: simulation.faces,
            tls: try tls(),
            httpDate: { simulation.clock.httpDate },
            answered: { request, answer in
                guard request.pathParts.first != ControlFace.folder else { return }
                simulation.counts.add(bytes: answer.body.count)
                simulation.recorder?.add(request)
            }
        )
        let channel = try await server.start(port: port)
        let line = "listening on 127.0.0.1:\(channel.localAddress?.port ?? 0)\n"
        try FileHandle.standardOutput.write(contentsOf: Data(line.utf8))
        try await channel.closeFuture.get()
    }

    private func tls() throws -> NIOSSLContext? {
        guard let certificate, let key else { return nil }
        return try HTTPServer.tls(certificate: certificate, key: key)
    }
}
