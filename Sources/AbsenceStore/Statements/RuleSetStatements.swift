import AbsenceModel
import Foundation
import Postgres

struct RuleSetVersions: Statement {
    static let sql = """
        select rule_set_version, system, held_from, held_until, applied_by, changed_keys
        from watch.rule_sets
        where customer_key = $1
        order by rule_set_version
        """
    static let columns = [
        Column("rule_set_version", .integer),
        Column("system", .text),
        Column("held_from", .timestamptz),
        Column("held_until", .timestamptz),
        Column("applied_by", .text),
        Column("changed_keys", .textArray),
    ]

    var customer: String

    var parameters: [Parameter] { [Parameter(customer)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> RuleSetVersion {
        RuleSetVersion(
            version: try row.int(),
            system: try row.string(),
            heldFrom: try row.date(),
            heldUntil: try row.optionalDate(),
            appliedBy: try row.string(),
            changedKeys: try row.stringArray()
        )
    }
}

struct SettingChanges: Statement {
    static let sql = """
        select key, old_value, new_value from intake.setting_changes($1, $2, $3)
        """
    static let columns = [
        Column("key", .text), Column("old_value", .text), Column("new_value", .text),
    ]

    var customer: CustomerID
    var from: Int
    var to: Int

    var parameters: [Parameter] { [Parameter(customer), Parameter(from), Parameter(to)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> SettingChange {
        SettingChange(
            key: try row.string(),
            old: try row.optionalString(),
            new: try row.optionalString()
        )
    }
}

struct RuleSetSettings: Statement {
    static let sql = """
        select system, settings from customer.rule_sets
        where customer_id = $1 and rule_set_version = $2
        """
    static let columns = [Column("system", .text), Column("settings", .jsonb)]

    var customer: CustomerID
    var version: Int

    var parameters: [Parameter] { [Parameter(customer), Parameter(version)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> RuleSetting {
        RuleSetting(system: try row.string(), settings: try row.string())
    }
}
