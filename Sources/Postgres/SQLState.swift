/// What is known of SQLSTATE codes without asking a server (PostgreSQL manual, appendix A).
enum SQLState {
    /// The classes whose primary messages name objects and circumstances but no values of rows.
    ///
    /// Left out on purpose: 22 (data), 23 (constraints), 44 (check option) and P0 (raised by a
    /// function, which may say anything).
    private static let classesWithoutData: Set<Substring> = [
        "08", "0A", "25", "26", "28", "34", "3B", "3D", "3F", "40", "42", "53", "54", "55", "57",
        "58", "F0", "XX",
    ]

    static func messageQuotesNoData(_ state: String) -> Bool {
        classesWithoutData.contains(state.prefix(2))
    }

    /// The condition's name, or its class's where the condition is a rare one.
    static func name(of state: String) -> String? {
        conditions[state] ?? classes[state.prefix(2)]
    }

    private static let conditions: [String: String] = [
        "08001": "sqlclient_unable_to_establish_sqlconnection",
        "08004": "sqlserver_rejected_establishment_of_sqlconnection",
        "08006": "connection_failure",
        "21000": "cardinality_violation",
        "22001": "string_data_right_truncation",
        "22003": "numeric_value_out_of_range",
        "22007": "invalid_datetime_format",
        "22008": "datetime_field_overflow",
        "22012": "division_by_zero",
        "22021": "character_not_in_repertoire",
        "22023": "invalid_parameter_value",
        "22P02": "invalid_text_representation",
        "22P03": "invalid_binary_representation",
        "22P04": "bad_copy_file_format",
        "23502": "not_null_violation",
        "23503": "foreign_key_violation",
        "23505": "unique_violation",
        "23514": "check_violation",
        "23P01": "exclusion_violation",
        "25001": "active_sql_transaction",
        "25006": "read_only_sql_transaction",
        "25P02": "in_failed_sql_transaction",
        "25P03": "idle_in_transaction_session_timeout",
        "28000": "invalid_authorization_specification",
        "28P01": "invalid_password",
        "3D000": "invalid_catalog_name",
        "3F000": "invalid_schema_name",
        "40001": "serialization_failure",
        "40P01": "deadlock_detected",
        "42501": "insufficient_privilege",
        "42601": "syntax_error",
        "42703": "undefined_column",
        "42704": "undefined_object",
        "42804": "datatype_mismatch",
        "42883": "undefined_function",
        "42P01": "undefined_table",
        "42P07": "duplicate_table",
        "53100": "disk_full",
        "53200": "out_of_memory",
        "53300": "too_many_connections",
        "55000": "object_not_in_prerequisite_state",
        "55006": "object_in_use",
        "55P03": "lock_not_available",
        "57014": "query_canceled",
        "57P01": "admin_shutdown",
        "57P02": "crash_shutdown",
        "57P03": "cannot_connect_now",
        "57P05": "idle_session_timeout",
        "P0001": "raise_exception",
        "P0002": "no_data_found",
        "P0003": "too_many_rows",
        "P0004": "assert_failure",
        "XX000": "internal_error",
        "XX001": "data_corrupted",
        "XX002": "index_corrupted",
    ]

    private static let classes: [Substring: String] = [
        "08": "connection exception",
        "0A": "feature not supported",
        "22": "data exception",
        "23": "integrity constraint violation",
        "25": "invalid transaction state",
        "28": "invalid authorization specification",
        "40": "transaction rollback",
        "42": "syntax error or access rule violation",
        "44": "with check option violation",
        "53": "insufficient resources",
        "54": "program limit exceeded",
        "55": "object not in prerequisite state",
        "57": "operator intervention",
        "58": "system error",
        "P0": "PL/pgSQL error",
        "XX": "internal error",
    ]
}
