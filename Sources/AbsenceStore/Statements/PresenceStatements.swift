import AbsenceModel
import Foundation
import Postgres

struct WantedPresence: Statement {
    static let sql = """
        select user_id, extension, display_name, reason, label, kind, starts_at, ends_at, language
        from absence.presence_within($1, $2)
        """
    static let columns = [
        Column("user_id", .bigint),
        Column("extension", .text),
        Column("display_name", .text),
        Column("reason", .text),
        Column("label", .text),
        Column("kind", "customer.kind"),
        Column("starts_at", .timestamptz),
        Column("ends_at", .timestamptz),
        Column("language", .text),
    ]

    var customer: CustomerID
    var asOf: Date

    var parameters: [Parameter] { [Parameter(customer), Parameter(asOf)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> PresenceState {
        PresenceState(
            user: UserID(rawValue: try row.int64()),
            phone: try row.string(),
            displayName: try row.string(),
            reason: Reason(rawValue: try row.string()),
            label: try row.optionalString(),
            kind: try row.enumeration(),
            from: try row.date(),
            until: try row.date(),
            language: try row.string()
        )
    }
}

struct PublishedPresences: Statement {
    static let sql = """
        select user_id, extension, entity_tag, document_digest, published_at, expires_at
        from telephony.published
        where customer_id = $1
        """
    static let columns = [
        Column("user_id", .bigint),
        Column("extension", .text),
        Column("entity_tag", .text),
        Column("document_digest", .text),
        Column("published_at", .timestamptz),
        Column("expires_at", .timestamptz),
    ]

    var customer: CustomerID

    var parameters: [Parameter] { [Parameter(customer)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> PublishedPresence {
        PublishedPresence(
            user: UserID(rawValue: try row.int64()),
            phone: try row.string(),
            entityTag: try row.string(),
            digest: try row.string(),
            publishedAt: try row.date(),
            expiresAt: try row.date()
        )
    }
}

struct PutPublishedPresence: Statement {
    static let sql = """
        insert into telephony.published (
            customer_id, user_id, extension, entity_tag, document_digest, published_at, expires_at
        )
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (customer_id, user_id, extension) do update set
            entity_tag = excluded.entity_tag,
            document_digest = excluded.document_digest,
            published_at = excluded.published_at,
            expires_at = excluded.expires_at
        returning user_id
        """
    static let columns = [Column("user_id", .bigint)]

    var customer: CustomerID
    var presence: PublishedPresence

    var parameters: [Parameter] {
        [
            Parameter(customer), Parameter(presence.user), Parameter(presence.phone),
            Parameter(presence.entityTag), Parameter(presence.digest),
            Parameter(presence.publishedAt), Parameter(presence.expiresAt),
        ]
    }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> UserID {
        UserID(rawValue: try row.int64())
    }
}

struct ForgetPublishedPresence: Statement {
    static let sql = """
        delete from telephony.published
        where customer_id = $1 and user_id = $2 and extension = $3
        returning user_id
        """
    static let columns = [Column("user_id", .bigint)]

    var customer: CustomerID
    var user: UserID
    var phone: String

    var parameters: [Parameter] { [Parameter(customer), Parameter(user), Parameter(phone)] }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> UserID {
        UserID(rawValue: try row.int64())
    }
}
