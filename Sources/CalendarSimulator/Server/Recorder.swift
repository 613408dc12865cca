import Foundation
import HTTPServing
import Synchronization

/// Writes down the requests to calendars, so that a load tool can send them once more: a line each
/// of method, target, authorization, other headers and body, separated by tabs; the control
/// characters 31 and 30, 29 stand behind each header and for the ends of lines.
final class Recorder: Sendable {
    private let file: Mutex<FileHandle>

    /// Adds to the file at `path`, which another process may empty meanwhile.
    init(path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        guard descriptor >= 0 else { throw CocoaError(.fileWriteUnknown) }
        file = Mutex(FileHandle(fileDescriptor: descriptor, closeOnDealloc: true))
    }

    func add(_ request: ServerRequest) {
        let kept = ["content-type", "prefer", "soapaction", "x-anchormailbox", "accept"]
        let headers = request.headers.filter { kept.contains($0.name.lowercased()) }
            .map { "\($0.name)=\($0.value)\u{1F}" }.joined()
        let body = String(decoding: request.body, as: UTF8.self)
            .replacing("\n", with: "\u{1E}").replacing("\r", with: "\u{1D}")
        let line = [
            request.method, request.target, request.header("Authorization") ?? "",
            headers, body,
        ].joined(separator: "\t")
        file.withLock { try? $0.write(contentsOf: Data("\(line)\n".utf8)) }
    }
}
