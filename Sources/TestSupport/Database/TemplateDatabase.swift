import Foundation
import Postgres

/// The database that test databases are copied from: the schema deployed once for each state
/// of the files under sql/.
enum TemplateDatabase {
    /// Its name on `cluster`, after making it where it is not there.
    ///
    /// Several test processes may ask at once: one makes it, the others wait.
    static func name(on cluster: TestCluster) throws -> String {
        let name = "kk_template_\(try hash.get())"
        let connection = try cluster.connectToMaintenance()
        // Held by the session, so given back with the connection.
        try connection.command("select pg_advisory_lock(hashtext('kk_template'))")
        if try connection.run(IsTemplate(database: name)) == [true] { return name }

        try connection.command("drop database if exists \(name) with (force)")
        try connection.command("create database \(name) template template0")
        try Script.run(
            Checkout.job("deploy-schema"),
            environment: cluster.environment.merging(["PGDATABASE": name]) { _, new in new }
        )
        // Without connections, because a database that somebody is in cannot be copied.
        try connection.command(
            "alter database \(name) with is_template true allow_connections false"
        )
        return name
    }

    private struct IsTemplate: Statement {
        static let sql = "select datistemplate from pg_database where datname = $1"
        static let columns = [Column("datistemplate", .boolean)]
        var database: String
        var parameters: [Parameter] { [Parameter(database)] }

        static func decode(_ row: inout RowReader) throws(PostgresError) -> Bool {
            try row.bool()
        }
    }

    /// Of the paths and contents of all files that a deployment reads.
    private static let hash = Result {
        let folder = Checkout.root.appending(path: "sql")
        let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        var hash = FNV1a()
        for path in paths.sorted() where !path.hasPrefix("tests/") {
            let file = folder.appending(path: path)
            guard try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true
            else { continue }
            hash.add(path.utf8)
            hash.add(try Data(contentsOf: file))
        }
        return hash.text
    }
}

/// A hash that is the same in every process, unlike Swift's own.
struct FNV1a {
    private var state: UInt64 = 0xcbf2_9ce4_8422_2325

    mutating func add(_ bytes: some Sequence<UInt8>) {
        for byte in bytes {
            state = (state ^ UInt64(byte)) &* 0x100_0000_01b3
        }
    }

    var text: String { String(state, radix: 16) }
}
