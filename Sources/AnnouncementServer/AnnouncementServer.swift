import ArgumentParser

/// An announcement server: tells callers why somebody is away, and until when.
@main
struct AnnouncementServer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Speaks absences to callers: the service annc of RFC 4240 over SIP and RTP.",
        subcommands: [Serve.self, Say.self, Prompts.self],
        defaultSubcommand: Serve.self
    )
}
