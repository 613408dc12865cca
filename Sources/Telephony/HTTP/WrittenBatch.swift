import AbsenceModel
import Crypto
import Foundation

/// A batch as it is sent: the schema `Batch` of the exchange's OpenAPI document.
///
/// The same batch has the same bytes and the same key, whenever it is written.
struct WrittenBatch: Sendable {
    var changes: [Change]
    var idempotencyKey: String
    var body: [UInt8]

    init(_ batch: ChangeBatch) throws {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let units = Self.units(of: batch.changes)
        let data = try encoder.encode(
            Body(
                fence: batch.fence,
                phones: batch.phones,
                changes: zip(units, batch.changes).map(ChangeRow.init)
            )
        )
        changes = batch.changes
        body = [UInt8](data)
        let digest = SHA256.hash(data: data).prefix(16)
        let digits = digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        idempotencyKey = "\(batch.fence)-\(digits)"
    }

    /// The unit of each change. Users between whom an extension goes over are of one unit, so
    /// that it is free when it is taken.
    static func units(of changes: [Change]) -> [Int] {
        var owners: [String: UserID] = [:]
        var joined: [UserID: UserID] = [:]
        func root(of user: UserID) -> UserID {
            var user = user
            while let next = joined[user] { user = next }
            return user
        }
        for change in changes {
            for phone in [change.before?.phone, change.after?.phone].compactMap(\.self) {
                let (user, other) = (root(of: change.user), root(of: owners[phone] ?? change.user))
                if user != other { joined[user] = other }
                owners[phone] = other
            }
        }
        var numbers: [UserID: Int] = [:]
        return changes.map { change in
            let root = root(of: change.user)
            let number = numbers[root] ?? numbers.count + 1
            numbers[root] = number
            return number
        }
    }

    private struct Body: Encodable {
        var fence: Int64
        var phones: [Phone]
        var changes: [ChangeRow]
    }

    private struct ChangeRow: Encodable {
        var unit: Int
        var change: Change

        private enum Key: String, CodingKey {
            case unit, action
            case absenceKey = "absence_key"
            case expectedVersion = "expected_version"
            case absence
        }

        func encode(to encoder: any Encoder) throws {
            var row = encoder.container(keyedBy: Key.self)
            try row.encode(unit, forKey: .unit)
            try row.encode(change.orderName, forKey: .action)
            try row.encode(change.key.uuidString.lowercased(), forKey: .absenceKey)
            try row.encodeIfPresent(change.versionTag, forKey: .expectedVersion)
            try row.encodeIfPresent(change.after, forKey: .absence)
        }
    }
}
