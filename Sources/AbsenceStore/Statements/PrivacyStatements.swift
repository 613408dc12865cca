import AbsenceModel
import Foundation
import Postgres

struct KeptTables: Statement {
    static let sql = """
        select table_name, purpose, kept_for, about_persons, erasure, row_estimate, meaning
        from privacy.kept
        order by purpose, table_name
        """
    static let columns = [
        Column("table_name", .text),
        Column("purpose", .text),
        Column("kept_for", .text),
        Column("about_persons", .text),
        Column("erasure", .text),
        Column("row_estimate", .bigint),
        Column("meaning", .text),
    ]

    static func decode(_ row: inout RowReader) throws(PostgresError) -> KeptTable {
        KeptTable(
            name: try row.string(),
            purpose: try row.optionalString(),
            keptFor: try row.optionalString(),
            aboutPersons: try row.string(),
            erasure: try row.optionalString(),
            rowEstimate: try row.int(),
            meaning: try row.string()
        )
    }
}

struct ExportOf: Statement {
    static let sql = "select export_of from privacy.export_of($1, $2, $3)"
    static let columns = [Column("export_of", .text)]

    var customer: CustomerID
    var user: UserID
    var at: Date

    var parameters: [Parameter] { [Parameter(customer), Parameter(user), Parameter(at)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> String {
        try row.string()
    }
}

struct ErasureOf: Statement {
    static let sql = "select table_name, erasure, row_count from privacy.erasure_of($1, $2)"
    static let columns = [
        Column("table_name", .text),
        Column("erasure", .text),
        Column("row_count", .bigint),
    ]

    var customer: CustomerID
    var user: UserID

    var parameters: [Parameter] { [Parameter(customer), Parameter(user)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> ErasedTable {
        try ErasedTable(&row)
    }
}

struct ErasureObstacles: Statement {
    static let sql = "select obstacle from privacy.obstacles($1, $2, $3) order by obstacle"
    static let columns = [Column("obstacle", .text)]

    var customer: CustomerID
    var user: UserID
    var at: Date

    var parameters: [Parameter] { [Parameter(customer), Parameter(user), Parameter(at)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> ErasureObstacle {
        try row.enumeration(ErasureObstacle.self)
    }
}

struct Erase: Statement {
    static let sql = "select table_name, erasure, row_count from privacy.erase($1, $2, $3, $4, $5)"
    static let columns = ErasureOf.columns

    var customer: CustomerID
    var user: UserID
    var pseudonym: String
    var at: Date
    var by: String

    var parameters: [Parameter] {
        [
            Parameter(customer), Parameter(user), Parameter(pseudonym), Parameter(at),
            Parameter(by),
        ]
    }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> ErasedTable {
        try ErasedTable(&row)
    }
}

struct ErasedAt: Statement {
    static let sql = """
        select erased_at from privacy.erased where customer_id = $1 and pseudonym = $2
        """
    static let columns = [Column("erased_at", .timestamptz)]

    var customer: CustomerID
    var pseudonym: String

    var parameters: [Parameter] { [Parameter(customer), Parameter(pseudonym)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> Date {
        try row.date()
    }
}

extension ErasedTable {
    fileprivate init(_ row: inout RowReader) throws(PostgresError) {
        name = try row.string()
        erasure = try row.string()
        rowCount = try row.int()
    }
}
