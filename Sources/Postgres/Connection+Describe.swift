import CLibPQ

extension Connection {
    /// What the database says a statement returns, without running it.
    public func describe(_ sql: String) throws(PostgresError) -> [Column] {
        let description = try prepare(sql)
        var columns: [Column] = []
        for index in 0..<description.columnCount {
            let type = try typeName(
                PQftype(description.pointer, index),
                modifier: PQfmod(description.pointer, index)
            )
            let name = PQfname(description.pointer, index).map { String(cString: $0) } ?? ""
            columns.append(Column(name, type))
        }
        return columns
    }

    /// What types the database takes `$1`, `$2` … of a statement for.
    public func parameterTypes(of sql: String) throws(PostgresError) -> [SQLType] {
        let description = try prepare(sql)
        var types: [SQLType] = []
        for index in 0..<PQnparams(description.pointer) {
            types.append(try typeName(PQparamtype(description.pointer, index), modifier: -1))
        }
        return types
    }

    private func prepare(_ sql: String) throws(PostgresError) -> QueryResult {
        _ = try checked(PQprepare(handle, "", sql, 0, nil), name: "describe")
        return try checked(PQdescribePrepared(handle, ""), name: "describe")
    }

    private func typeName(_ type: Oid, modifier: Int32) throws(PostgresError) -> SQLType {
        let result = try result(
            of: "select format_type($1::oid, $2::integer)",
            [Parameter(Int64(type)), Parameter(modifier)],
            name: "describe"
        )
        var reader = RowReader(result.pointer, row: 0, statement: "describe")
        return SQLType(rawValue: try reader.string())
    }
}
