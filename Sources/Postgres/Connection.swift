import CLibPQ

/// A session with a PostgreSQL server.
///
/// Not Sendable: it stays in the task that made it, so no other task can come in between `begin`
/// and `commit`. Its calls wait for the server. The session ends when the connection goes out of
/// use, whatever state it is in.
///
/// The session speaks UTF-8 and ISO dates in UTC, so what comes back can be read byte by byte.
/// Plans are not compiled: of the large ones that takes ten times as long as running them. They are
/// made for what the passes do, some thousands of users at a time by index, sorted in memory.
public final class Connection {
    let handle: OpaquePointer
    /// The names of the statements that the session keeps.
    var prepared: Set<String> = []

    /// Opens a session.
    ///
    /// - Parameter conninfo: libpq's keywords and values, or a URI. The empty string leaves all to
    ///   libpq: service file, password file and environment.
    /// - Parameter applicationName: what `pg_stat_activity` shows.
    /// - Throws: ``PostgresError/Code/connectionFailed``.
    public init(_ conninfo: String = "", applicationName: String) throws(PostgresError) {
        handle = try Self.open(conninfo, applicationName: applicationName)
        PQsetNoticeReceiver(handle, { _, _ in }, nil)
        try command(
            """
            set timezone to 'UTC';
            set datestyle to 'ISO, YMD';
            set bytea_output to 'hex';
            set extra_float_digits to 1;
            set client_min_messages to warning;
            set standard_conforming_strings to on;
            set jit to off;
            set work_mem to '64MB';
            set random_page_cost to 1.1;
            """
        )
    }

    deinit {
        PQfinish(handle)
    }

    private static func open(
        _ conninfo: String,
        applicationName: String
    ) throws(PostgresError) -> OpaquePointer {
        try checkIsReadable(conninfo)
        let parameters = [
            ("dbname", conninfo),
            ("application_name", applicationName),
            ("client_encoding", "UTF8"),
        ]
        let names = CStringArray(parameters.map { $0.0 } + [nil])
        let values = CStringArray(parameters.map { $0.1 } + [nil])
        let opened = names.withPointers { names in
            // With the 1, libpq reads a dbname that holds keywords or is a URI as conninfo.
            values.withPointers { values in PQconnectdbParams(names, values, 1) }
        }
        guard let opened else {
            throw PostgresError(.connectionFailed, "no memory for a connection to the database")
        }
        guard PQstatus(opened) == CONNECTION_OK else {
            let message = errorMessage(of: opened)
            PQfinish(opened)
            throw PostgresError(.connectionFailed, "cannot connect to the database: \(message)")
        }
        return opened
    }

    /// libpq quotes what it cannot read in a conninfo, and that may be a password.
    private static func checkIsReadable(_ conninfo: String) throws(PostgresError) {
        let isURI = conninfo.hasPrefix("postgresql://") || conninfo.hasPrefix("postgres://")
        guard isURI || conninfo.contains("=") else { return }
        guard let options = PQconninfoParse(conninfo, nil) else {
            throw PostgresError(
                .connectionFailed,
                "the connection string can not be read; see libpq, Connection Strings"
            )
        }
        PQconninfoFree(options)
    }

    /// Runs `statement` and reads its rows.
    public func run<S: Statement>(_ statement: S) throws(PostgresError) -> [S.Row] {
        try decode(S.self, try result(of: S.sql, statement.parameters, name: "\(S.self)"))
    }

    func decode<S: Statement>(
        _ type: S.Type,
        _ result: borrowing QueryResult
    ) throws(PostgresError) -> [S.Row] {
        let name = "\(S.self)"
        guard Int(result.columnCount) == S.columns.count else {
            throw PostgresError(
                .decoding,
                "\(S.columns.count) columns expected, \(result.columnCount) came",
                statement: name
            )
        }
        var rows: [S.Row] = []
        rows.reserveCapacity(Int(result.rowCount))
        for index in 0..<result.rowCount {
            var reader = RowReader(result.pointer, row: index, statement: name)
            rows.append(try S.decode(&reader))
            try reader.checkAllRead()
        }
        return rows
    }

    /// Runs `statement` for what it does.
    ///
    /// - Returns: the number of rows inserted, updated, deleted or selected.
    @discardableResult
    public func execute(_ statement: some Statement) throws(PostgresError) -> Int {
        let name = "\(type(of: statement))"
        return try result(of: type(of: statement).sql, statement.parameters, name: name)
            .affectedRowCount
    }

    /// Runs SQL that has neither parameters nor a result that is looked at. Several commands in
    /// one text are one transaction.
    public func command(_ sql: String) throws(PostgresError) {
        _ = try result(of: sql)
    }

    /// Whether the session is there, as far as this side can see without asking the server.
    ///
    /// A session that the server has ended is noticed; a network that swallows packets is not.
    public var isAlive: Bool {
        // The first call may take in the server's farewell, the second then finds the end.
        for _ in 1...2 {
            guard PQstatus(handle) == CONNECTION_OK, PQconsumeInput(handle) == 1 else {
                return false
            }
        }
        return PQstatus(handle) == CONNECTION_OK
    }
}

extension Connection {
    func result(of sql: String) throws(PostgresError) -> QueryResult {
        try checked(PQexec(handle, sql), name: nil)
    }

    func result(
        of sql: String,
        _ parameters: [Parameter],
        name: String?,
        isBinary: Bool = false
    ) throws(PostgresError) -> QueryResult {
        try checkAreSendable(parameters, name: name)
        let values = CStringArray(parameters.map(\.text))
        let result = values.withPointers { values in
            PQexecParams(
                handle,
                sql,
                Int32(parameters.count),
                nil,
                values,
                nil,
                nil,
                isBinary ? 1 : 0
            )
        }
        return try checked(result, name: name)
    }

    func checkAreSendable(_ parameters: [Parameter], name: String?) throws(PostgresError) {
        for (index, parameter) in parameters.enumerated()
        where parameter.text?.utf8.contains(0) == true {
            throw PostgresError(
                .encoding,
                "parameter $\(index + 1) has a NUL character, which PostgreSQL cannot store",
                statement: name
            )
        }
    }

    /// Takes `pointer` over, and throws where it is an error.
    func checked(_ pointer: OpaquePointer?, name: String?) throws(PostgresError) -> QueryResult {
        guard let pointer else { throw failure(name: name) }
        let result = QueryResult(pointer)
        switch PQresultStatus(pointer) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_COPY_IN, PGRES_EMPTY_QUERY:
            return result
        default:
            guard PQstatus(handle) == CONNECTION_OK else { throw failure(name: name) }
            throw PostgresError(pointer, statement: name)
        }
    }

    /// What libpq itself says went wrong.
    func failure(name: String?) -> PostgresError {
        let message = Self.errorMessage(of: handle)
        return PQstatus(handle) == CONNECTION_OK
            ? PostgresError(.encoding, "libpq: \(message)", statement: name)
            : PostgresError(
                .connectionLost,
                "the connection to the database was lost: \(message)",
                statement: name
            )
    }

    private static func errorMessage(of handle: OpaquePointer) -> String {
        let message = PQerrorMessage(handle).map { String(cString: $0) } ?? ""
        return message.split(whereSeparator: \.isNewline).joined(separator: " ")
    }
}
