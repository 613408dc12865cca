import Postgres
import TestSupport
import Testing

@Suite struct PostgresErrorTests {
    @Test func `a broken constraint is named, and the value that broke it is not`() throws {
        let error = try failure(
            of: """
                create table t (s text constraint t_s_key unique);
                insert into t values ('Samtal med läkaren'), ('Samtal med läkaren');
                """
        )
        #expect(error.code == .sqlState("23505"))
        #expect(error.constraint == "t_s_key")
        #expect(
            "\(error)"
                == "SQLSTATE 23505 (unique_violation), constraint t_s_key, table public.t"
        )
        #expect(error.debugDescription.contains("Samtal med läkaren"))
    }

    @Test func `a text that is no number is not quoted`() throws {
        let error = try failure(of: "select 'Läkarbesök'::bigint")
        #expect("\(error)" == "SQLSTATE 22P02 (invalid_text_representation)")
        #expect(error.message.contains("Läkarbesök"))
    }

    @Test func `what a function raises is not quoted`() throws {
        let error = try failure(of: "do $$ begin raise exception 'Läkarbesök'; end $$")
        #expect("\(error)" == "SQLSTATE P0001 (raise_exception)")
    }

    @Test func `a missing table is told with the server's own words`() throws {
        let error = try failure(of: "select from nowhere")
        #expect(error.isUndefinedObject)
        #expect(
            "\(error)"
                == #"SQLSTATE 42P01 (undefined_table): relation "nowhere" does not exist"#
        )
    }

    @Test func `a password in a connection string that cannot be read is not quoted`() {
        let error = #expect(throws: PostgresError.self) {
            _ = try Connection("host=h password s3cret", applicationName: "test")
        }
        #expect(error?.code == .connectionFailed)
        #expect(error.map { String(reflecting: $0) }?.contains("s3cret") == false)
    }

    @Test func `a server that is not there is a failed connection`() {
        let error = #expect(throws: PostgresError.self) {
            _ = try Connection("host=/nonexistent", applicationName: "test")
        }
        #expect(error?.code == .connectionFailed)
        #expect(error?.isConnectionLost == true)
        #expect(error?.description.contains("/nonexistent") == true)
    }

    @Test(arguments: [("40001", true), ("40P01", true), ("23505", false)])
    func `serialization failures and deadlocks may be tried again`(
        state: String,
        isWorthARetry: Bool
    ) throws {
        let error = try failure(
            of: "do $$ begin raise exception using errcode = '\(state)'; end $$"
        )
        #expect(error.isSerializationFailure == isWorthARetry)
    }

    private func failure(of sql: String) throws -> PostgresError {
        try withDatabase(.empty) { database in
            let connection = try database.connect()
            return try #require(throws: PostgresError.self) { try connection.command(sql) }
        }
    }
}
