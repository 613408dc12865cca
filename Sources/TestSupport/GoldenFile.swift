public import Foundation

/// A whole text that a test expects, as a file to be read.
public enum GoldenFile {
    private static let isRecording =
        ProcessInfo.processInfo.environment["KK_RECORD_GOLDEN"] != nil

    /// What `file` says.
    ///
    /// With `KK_RECORD_GOLDEN` in the environment `actual` is written there first: look at the
    /// difference in version control.
    public static func text(_ file: URL, insteadOf actual: String) throws -> String {
        if isRecording {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try actual.write(to: file, atomically: true, encoding: .utf8)
        }
        return try String(contentsOf: file, encoding: .utf8)
    }
}
