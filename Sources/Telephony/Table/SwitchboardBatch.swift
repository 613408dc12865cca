import AbsenceModel
import Foundation
import Postgres

/// A batch of changes for the switchboard, and what came of each.
struct SwitchboardBatch: Statement {
    static let sql = """
        select absence_key, outcome, version
        from switchboard.apply_batch($1, $2, $3, $4, $5)
        """
    static let columns = [
        Column("absence_key", .uuid),
        Column("outcome", .text),
        Column("version", .bigint),
    ]

    let parameters: [Parameter]

    init(customerKey: String, batch: ChangeBatch) throws {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        let phones = try encoder.encode(batch.phones)
        let changes = try encoder.encode(batch.changes.map(ChangeRow.init))
        parameters = [
            Parameter(customerKey),
            Parameter(batch.fence),
            Parameter(batch.at),
            Parameter(json: String(decoding: phones, as: UTF8.self)),
            Parameter(json: String(decoding: changes, as: UTF8.self)),
        ]
    }

    static func decode(_ row: inout RowReader) throws(PostgresError) -> (UUID, ChangeOutcome) {
        let key = try row.uuid()
        let outcome = try row.string()
        let version = try row.optionalInt64().map(String.init)
        return switch outcome {
        case "done": (key, .done(version: version))
        case "unchanged": (key, .unchanged(version: version))
        case "conflict": (key, .conflict)
        default: (key, .refused("the switchboard answered \(outcome)"))
        }
    }

    private struct ChangeRow: Encodable {
        let change: Change

        private enum Key: String, CodingKey {
            case action
            case absenceKey = "absence_key"
            case expectedVersion = "expected_version"
        }

        func encode(to encoder: any Encoder) throws {
            try change.after?.encode(to: encoder)
            var row = encoder.container(keyedBy: Key.self)
            try row.encode(change.orderName, forKey: .action)
            try row.encode(change.key, forKey: .absenceKey)
            try row.encodeIfPresent(change.versionTag.flatMap(Int64.init), forKey: .expectedVersion)
        }
    }
}
