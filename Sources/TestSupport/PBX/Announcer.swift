import Foundation

/// What speaks to callers: the announcement server as it was built with the tests, beside their
/// bundle.
struct Announcer {
    let port: Int

    var address: String { "127.0.0.1:\(port)" }

    func process(folder: URL) -> ServerProcess {
        let program = URL(filePath: Bundle.main.executablePath ?? CommandLine.arguments[0])
            .deletingLastPathComponent().appending(path: "AnnouncementServer")
        return ServerProcess(
            [program.path(), "--port", "\(port)"],
            directory: folder,
            port: port,
            isDatagrams: true
        )
    }
}
