import Foundation
import Logging

/// Writes a line an event to standard error: level, message, then what varies as key=value.
///
/// No time stands in it: the journal and cron's mail have their own.
struct PlainLog: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .info

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let values = metadata.merging(event.metadata ?? [:]) { _, new in new }
            .sorted { $0.key < $1.key }
            .map { " \($0.key)=\(quoted("\($0.value)"))" }
            .joined()
        warn("\(event.level): \(event.message)\(values)")
    }

    private func quoted(_ value: String) -> String {
        value.contains(where: { $0 == " " || $0 == "\"" }) || value.isEmpty
            ? "\"\(value.replacing("\"", with: "'"))\"" : value
    }
}
