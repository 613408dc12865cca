public import Foundation

/// The working copy that the tests were built from.
public enum Checkout {
    /// The folder with Package.swift.
    public static let root = URL(filePath: #filePath)
        .deletingLastPathComponent()  // Database
        .deletingLastPathComponent()  // TestSupport
        .deletingLastPathComponent()  // Sources
        .deletingLastPathComponent()

    /// A script under jobs/, for example `lib/cluster`.
    public static func job(_ name: String) -> URL {
        root.appending(path: "jobs/\(name)")
    }
}
