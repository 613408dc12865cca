public import Postgres

extension Connection {
    /// The rows of any query, every column as text and null as an empty one.
    ///
    /// For tests alone: the program asks by a ``Postgres/Statement``, which says its columns.
    public func ask(_ query: String) throws -> [[String]] {
        // In this session's own schema, where no deployment and no other test sees it.
        try command(
            """
            create or replace function pg_temp.ask(query text)
            returns setof text[]
            language plpgsql as $$
            declare
                answer record;
            begin
                for answer in execute query loop
                    return next array(
                        select coalesce(value, '') from json_each_text(to_json(answer))
                    );
                end loop;
            end
            $$
            """
        )
        return try run(Question(query: query))
    }

    /// The only value of a query with one row of one column.
    public func askOne(_ query: String) throws -> String {
        let rows = try ask(query)
        guard let row = rows.first, rows.count == 1, let value = row.first, row.count == 1 else {
            throw NotOne(query: query, rows: rows)
        }
        return value
    }

    /// What ``askOne(_:)`` throws where the answer is another.
    struct NotOne: Error {
        var query: String
        var rows: [[String]]
    }

    private struct Question: Statement {
        static let sql = "select ask from pg_temp.ask($1)"
        static let columns = [Column("ask", .textArray)]
        var query: String
        var parameters: [Parameter] { [Parameter(query)] }

        static func decode(_ row: inout RowReader) throws(PostgresError) -> [String] {
            try row.stringArray()
        }
    }
}
