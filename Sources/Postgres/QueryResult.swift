import CLibPQ

/// A result of libpq, given back when it goes out of use.
struct QueryResult: ~Copyable {
    let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit {
        PQclear(pointer)
    }

    var rowCount: Int32 { PQntuples(pointer) }
    var columnCount: Int32 { PQnfields(pointer) }

    /// The number of rows that a command changed, copied or returned.
    var affectedRowCount: Int {
        PQcmdTuples(pointer).flatMap { Int(String(cString: $0)) } ?? 0
    }

    /// The command's tag, for example `COMMIT`.
    var commandTag: String {
        PQcmdStatus(pointer).map { String(cString: $0) } ?? ""
    }
}

extension PostgresError {
    /// What the server says in an error result.
    init(_ result: OpaquePointer, statement: String?) {
        func field(_ code: Int32) -> String? {
            PQresultErrorField(result, code).map { String(cString: $0) }
        }
        let message = field(KK_PG_DIAG_MESSAGE_PRIMARY) ?? "no message"
        let code = field(KK_PG_DIAG_SQLSTATE).map(Code.sqlState) ?? .connectionLost
        self.init(code, message, statement: statement)
        constraint = field(KK_PG_DIAG_CONSTRAINT_NAME)
        column = field(KK_PG_DIAG_COLUMN_NAME)
        detail = field(KK_PG_DIAG_MESSAGE_DETAIL)
        hint = field(KK_PG_DIAG_MESSAGE_HINT)
        context = field(KK_PG_DIAG_CONTEXT)
        if let name = field(KK_PG_DIAG_TABLE_NAME) {
            table = field(KK_PG_DIAG_SCHEMA_NAME).map { "\($0).\(name)" } ?? name
        }
    }
}
