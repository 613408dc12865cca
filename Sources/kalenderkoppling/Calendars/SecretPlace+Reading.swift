import CalendarFeed
import Foundation
import Settings

// Errors name the place, never what stands there.
extension SecretPlace {
    /// The secret that is there.
    ///
    /// - Parameter noun: what the secret is, for the error.
    /// - Throws: ``LoadFailure`` `refused`.
    func secret(_ noun: String) throws -> String {
        switch self {
        case .file(let path):
            guard let text = try? String(contentsOfFile: path, encoding: .utf8),
                let line = text.split(whereSeparator: \.isNewline).first
            else {
                throw LoadFailure(
                    .refused,
                    "the \(noun) file \(path) cannot be read, or is empty"
                )
            }
            return String(line)
        case .environment(let name):
            guard let value = ProcessInfo.processInfo.environment[name], !value.isEmpty else {
                throw LoadFailure(.refused, "the environment has no \(name) with the \(noun)")
            }
            return value
        }
    }

    /// The whole of a file that holds a key or a certificate.
    ///
    /// - Throws: ``LoadFailure`` `refused`.
    static func contents(of path: String, _ noun: String) throws -> Data {
        guard let data = FileManager.default.contents(atPath: path), !data.isEmpty else {
            throw LoadFailure(.refused, "the \(noun) file \(path) cannot be read, or is empty")
        }
        return data
    }
}
