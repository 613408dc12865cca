import AbsenceStore
import ArgumentParser
import Foundation
import Glibc

/// `metrics`: figures for Prometheus.
struct MetricsCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "metrics",
        abstract: "Figures for Prometheus, by customer.",
        discussion: """
            In the text format, for the textfile collector of node_exporter: the file is written \
            beside its place and moved there whole. What it says is in watch.metrics as well; a \
            login of kk_reader may run this.

            EXAMPLE: kalenderkoppling metrics --textfile /var/lib/node/kalenderkoppling.prom
            """
    )

    @Option(
        help: ArgumentHelp(
            "Write them to this file, whose name must end in .prom; else they are printed.",
            valueName: "path"
        )
    )
    var textfile: String?

    @OptionGroup var output: OutputOptions
    var outputOptions: OutputOptions { output }

    func validate() throws {
        if let textfile, !textfile.hasSuffix(".prom") {
            throw ValidationError("--textfile must end in .prom; node_exporter reads no other file")
        }
    }

    func run(in session: Session) async throws {
        if output.now != nil { try session.store.compareWatch(with: session.now()) }
        let text = PrometheusText(metrics: try session.store.metrics()).text
        guard let textfile else { return print(text, terminator: "") }
        do {
            try Self.replace(textfile, with: text)
        } catch {
            warn("\(textfile): cannot be written: \(error.localizedDescription)")
            try ExitStatus.failed.exit()
        }
    }

    /// Writes `text` beside `path`, readable by all, and moves it there, so that nobody ever reads
    /// half of it.
    private static func replace(_ path: String, with text: String) throws {
        let beside = "\(path).\(ProcessInfo.processInfo.processIdentifier)"
        do {
            try Data(text.utf8).write(to: URL(filePath: beside))
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o644],
                ofItemAtPath: beside
            )
            guard rename(beside, path) == 0 else {
                throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
            }
        } catch {
            unlink(beside)
            throw error
        }
    }
}
