import Foundation
import TestSupport
import Testing

/// The lines of `billing` against another reading of the price list: `oracle/contracts.py` draws
/// random contracts and users, and reckons what each must come to with exact fractions.
///
/// Others are drawn with another seed, and more or fewer of them:
///
///     KK_ORACLE_SEED=7 KK_ORACLE_COUNT=5000 swift test --filter ContractOracleTests
@Suite struct ContractOracleTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let python = environment["KK_PYTHON"]
    private static let seed = environment["KK_ORACLE_SEED"] ?? "20190101"
    private static let count = environment["KK_ORACLE_COUNT"] ?? "1000"

    @Test(.enabled(if: python != nil, "KK_PYTHON is not set; it names a Python"))
    func `a thousand random contracts come to what the oracle reckons, to the øre`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "kk-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let oracle = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "oracle")
        try Script.run(
            URL(filePath: try #require(Self.python)),
            [oracle.appending(path: "contracts.py").path, Self.seed, Self.count, folder.path]
        )
        let expected = try String(
            contentsOf: folder.appending(path: "expected.txt"),
            encoding: .utf8
        )
        let came = try withDatabase { database in
            try Script.run(
                URL(filePath: "/usr/bin/env"),
                [
                    "--chdir", folder.path, "psql", "--no-psqlrc", "--quiet", "--no-align",
                    "--tuples-only", "--field-separator= ", "--file",
                    oracle.appending(path: "lines.sql").path,
                ],
                environment: database.environment
            )
        }
        let wanted = Set(expected.split(separator: "\n"))
        let got = Set(came.split(separator: "\n"))
        #expect(wanted.subtracting(got).sorted().prefix(10) == [])
        #expect(got.subtracting(wanted).sorted().prefix(10) == [])
        #expect(wanted.count > 20 * (Int(Self.count) ?? 0))
        for kind in ["setup", "subscription", "minimum", "termination"] {
            #expect(wanted.contains { $0.contains(" \(kind) ") }, "\(kind)")
        }
    }
}
