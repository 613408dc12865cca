import CalendarFeed
import Foundation
import Settings
import Web

// Errors name the place, never what stands there.
extension SecretPlace {
    /// The secret that is there.
    ///
    /// - Parameter noun: What the secret is, for the error.
    /// - Throws: ``RemoteFailure`` `refused`.
    func secret(_ noun: String) throws -> String {
        switch self {
        case .file(let path):
            let lines = try Self.text(of: path, noun).split(whereSeparator: \.isNewline)
            guard let line = lines.first else { throw Self.unreadable(path, noun) }
            return String(line)
        case .environment(let name):
            guard let value = ProcessInfo.processInfo.environment[name], !value.isEmpty else {
                throw RemoteFailure(.refused, "the environment has no \(name) with the \(noun)")
            }
            return value
        }
    }

    /// The whole of a file that holds a key or a certificate.
    ///
    /// - Throws: ``RemoteFailure`` `refused`.
    static func contents(of path: String, _ noun: String) throws -> Data {
        guard let data = FileManager.default.contents(atPath: path), !data.isEmpty else {
            throw unreadable(path, noun)
        }
        return data
    }

    /// As ``contents(of:_:)``, of a file in UTF-8.
    static func text(of path: String, _ noun: String) throws -> String {
        guard let text = String(validating: try contents(of: path, noun), as: UTF8.self) else {
            throw unreadable(path, noun)
        }
        return text
    }

    private static func unreadable(_ path: String, _ noun: String) -> RemoteFailure {
        RemoteFailure(.refused, "the \(noun) file \(path) cannot be read, or is empty")
    }
}

extension URL {
    /// The address that stands in the settings, which was checked when they were read.
    init(setting: String) throws {
        guard let url = URL(string: setting) else {
            throw RemoteFailure(.refused, "a URL in the customer file is none; correct it")
        }
        self = url
    }
}
