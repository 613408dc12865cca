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

    init(_ batch: ChangeBatch) {
        var written = JSONObject()
        written.add("fence", Int(batch.fence))
        written.add("phones", batch.phones.map(Self.object))
        let units = Self.units(of: batch.changes)
        written.add("changes", zip(units, batch.changes).map(Self.object))
        changes = batch.changes
        body = written.closedBytes
        let digest = SHA256.hash(data: body).prefix(16)
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

    private static func object(_ phone: Phone) -> JSONObject {
        var object = JSONObject()
        object.add("extension", phone.number)
        object.add("display_name", phone.displayName)
        object.add("language", phone.language)
        object.add("time_zone", phone.timeZone)
        return object
    }

    private static func object(_ unit: Int, _ change: Change) -> JSONObject {
        var object = JSONObject()
        object.add("unit", unit)
        object.add("action", change.orderName)
        object.add("absence_key", change.key.uuidString.lowercased())
        if let version = change.versionTag { object.add("expected_version", version) }
        if let absence = change.after {
            var placed = JSONObject()
            absence.write(to: &placed)
            object.add("absence", placed)
        }
        return object
    }
}
