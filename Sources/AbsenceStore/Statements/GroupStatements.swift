import AbsenceModel
import Foundation
import Postgres

struct GroupsToRead: Statement {
    static let sql = """
        select group_id, source, group_key, service
        from intake.groups_to_read
        where customer_id = $1
        order by group_id
        """
    static let columns = [
        Column("group_id", .integer),
        Column("source", .text),
        Column("group_key", .text),
        Column("service", .text),
    ]

    var customer: CustomerID

    var parameters: [Parameter] { [Parameter(customer)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> NamedGroup {
        NamedGroup(
            id: try row.int(),
            source: try row.string(),
            key: try row.string(),
            service: try row.string()
        )
    }
}

struct StagedGroupAnswers: CopyTarget {
    static let sql = """
        copy staging.group_answers (customer_id, group_id, failure)
        from stdin with (format binary)
        """
    static let columns = [
        Column("customer_id", .bigint),
        Column("group_id", .integer),
        Column("failure", .text),
    ]

    static func encode(_ row: (CustomerID, GroupAnswer), into fields: inout BinaryRow) {
        let (customer, answer) = row
        fields.bigint(customer.rawValue)
        fields.integer(Int32(answer.group.id))
        fields.text(answer.failure?.storable)
    }
}

struct StagedGroupMembers: CopyTarget {
    static let sql = """
        copy staging.group_members (customer_id, group_id, member_key, mail_addresses)
        from stdin with (format binary)
        """
    static let columns = [
        Column("customer_id", .bigint),
        Column("group_id", .integer),
        Column("member_key", .text),
        Column("mail_addresses", .textArray),
    ]

    static func encode(
        _ row: (CustomerID, NamedGroup, GroupAnswer.Member),
        into fields: inout BinaryRow
    ) {
        let (customer, group, member) = row
        fields.bigint(customer.rawValue)
        fields.integer(Int32(group.id))
        fields.text(member.key.storable)
        fields.textArray(member.mailAddresses.map(\.storable))
    }
}

struct TakeInGroups: Statement {
    static let sql = """
        select source, group_key, service, member_count, unknown_count, joined_count, left_count,
            failure
        from intake.take_in_groups($1, $2, $3, $4)
        """
    static let columns = [
        Column("source", .text),
        Column("group_key", .text),
        Column("service", .text),
        Column("member_count", .integer),
        Column("unknown_count", .integer),
        Column("joined_count", .integer),
        Column("left_count", .integer),
        Column("failure", .text),
    ]

    var customer: CustomerID
    var count: Int
    var at: Date
    var by: String

    var parameters: [Parameter] {
        [Parameter(customer), Parameter(count), Parameter(at), Parameter(by)]
    }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> GroupTally {
        GroupTally(
            source: try row.string(),
            group: try row.string(),
            service: try row.string(),
            members: try row.int(),
            unknown: try row.int(),
            joined: try row.int(),
            left: try row.int(),
            failure: try row.optionalString()
        )
    }
}
