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
        let phones = try encoder.encode(batch.phones)
        parameters = [
            Parameter(customerKey),
            Parameter(batch.fence),
            Parameter(batch.at),
            Parameter(json: String(decoding: phones, as: UTF8.self)),
            Parameter(json: "[\(batch.changes.map(Self.json).joined(separator: ","))]"),
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

    private static func json(_ change: Change) -> String {
        var row = JSONObject()
        row.add("action", change.orderName)
        row.add("absence_key", change.key.uuidString)
        if let version = change.versionTag.flatMap(Int.init) {
            row.add("expected_version", version)
        }
        change.after?.write(to: &row)
        return row.closed
    }
}
