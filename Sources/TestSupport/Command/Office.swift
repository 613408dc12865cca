public import Foundation
import Postgres

/// A customer of a test, seen from outside: a folder with its files, a database of its own, and
/// the program, which logs in as one who may do just what the scheduled jobs may.
public struct Office: Sendable {
    public let database: TestDatabase
    /// Where the program runs; relative paths are below it.
    public let folder: URL
    public var program: Program

    /// Runs `body` with an office, of which nothing is left afterwards.
    public static func run<Result>(
        _ content: TestDatabase.Content = .deployed,
        on cluster: TestCluster? = nil,
        _ body: (Office) async throws -> Result
    ) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "kk-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await withDatabase(content, on: cluster) { database in
            try await body(try Office(database, folder: folder))
        }
    }

    private init(_ database: TestDatabase, folder: URL) throws {
        self.database = database
        self.folder = folder
        try database.connect().command(
            """
            do $$
            begin
                create role \(Self.login) login;
            exception when duplicate_object or unique_violation then
                null;
            end
            $$;
            do $$
            begin
                grant kk_job to \(Self.login);
            exception when undefined_object or internal_error then
                null;
            end
            $$;
            """
        )
        program = .kalenderkoppling(
            environment: database.environment.merging(
                [
                    "PGUSER": Self.login, "PATH": "/usr/bin:/bin", "HOME": folder.path(),
                    "LANG": "C.UTF-8", "COLUMNS": "80", "TZ": "UTC",
                ]
            ) { $1 },
            directory: folder
        )
    }

    /// PostgreSQL's own, and not the Perl programs that Debian puts in front of them.
    private static let serverPrograms = "/usr/lib/postgresql/15/bin:/usr/bin:/bin"

    /// Has no right but that of a member of kk_job.
    private static let login = "kk_test_job"

    /// Writes a file below the folder.
    public func write(_ text: String, to path: String) throws {
        let file = folder.appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try text.write(to: file, atomically: true, encoding: .utf8)
    }

    public func remove(_ path: String) throws {
        try FileManager.default.removeItem(at: folder.appending(path: path))
    }

    /// Writes a booking into the folder `calendars/<user>`, in a file named as its UID.
    public func book(_ user: String, _ event: EventText) throws {
        try write(event.text, to: "calendars/\(user)/\(event.uid).ics")
    }

    /// Removes that file.
    public func unbook(_ user: String, _ uid: String) throws {
        try remove("calendars/\(user)/\(uid).ics")
    }

    /// Monday morning: what tests take for now.
    public static let now = "2026-11-23T07:00:00Z"

    /// The rows of a query, as a superuser sees them: columns separated by `|`.
    public func rows(_ query: String) async throws -> [String] {
        let arguments = [
            "psql", "--no-psqlrc", "--quiet", "--no-align", "--tuples-only",
            "--set=ON_ERROR_STOP=1", "--command", query,
        ]
        return try await asSuperuser(arguments).split(separator: "\n").map(String.init)
    }

    /// All rows of all tables, as text. Two calls with nothing written between them are equal.
    public func allData() async throws -> String {
        try await asSuperuser(["pg_dump", "--data-only"])
            .split(separator: "\n", omittingEmptySubsequences: false)
            // A random word, against files that trick psql.
            .filter { !$0.hasPrefix("\\restrict ") && !$0.hasPrefix("\\unrestrict ") }
            .joined(separator: "\n")
    }

    private func asSuperuser(_ arguments: [String]) async throws -> String {
        let program = Program(
            URL(filePath: "/usr/bin/env"),
            environment: database.environment.merging(
                ["PATH": Self.serverPrograms, "PGTZ": "UTC", "LANG": "C.UTF-8"]
            ) { $1 }
        )
        let ending = try await program.run(arguments)
        guard ending.status == 0 else {
            throw Script.Failure(
                program: arguments[0],
                status: ending.status,
                output: ending.complaints
            )
        }
        return ending.output
    }

    /// What the telephone side shows, without the keys, by extension and time.
    public func shown() async throws -> [String] {
        try await rows(
            """
            select concat_ws(' ', extension, kind, reason,
                to_char(starts_at, 'MM-DD HH24:MI'), to_char(ends_at, 'MM-DD HH24:MI'),
                nullif(origin::text, 'calendar'), shown_text)
            from switchboard.absences
            order by customer_key, extension, starts_at, ends_at, origin
            """
        )
    }
}
