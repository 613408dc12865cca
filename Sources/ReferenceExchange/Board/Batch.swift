import Foundation

/// Changes, and whom they are about: the schema `Batch`.
struct Batch: Decodable, Sendable {
    var fence: Int
    var phones: [Phone]
    var changes: [Change]

    private enum CodingKeys: CodingKey { case fence, phones, changes }

    init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        fence = try members.number(.fence, in: 0...(1 << 53 - 1))
        phones = try members.decode([Phone].self, forKey: .phones)
        changes = try members.decode([Change].self, forKey: .changes)
    }

    /// The changes of each unit, in order.
    var units: [[Change]] {
        var places: [Int: Int] = [:]
        var units: [[Change]] = []
        for change in changes {
            if let place = places[change.unit] {
                units[place].append(change)
            } else {
                places[change.unit] = units.count
                units.append([change])
            }
        }
        return units
    }
}

/// One change: the schemas `Put` and `Withdrawal`.
struct Change: Decodable, Sendable {
    var unit: Int
    var action: Action
    var absenceKey: UUID
    var expectedVersion: String?
    /// Nil where it withdraws.
    var absence: Absence?

    enum Action: String, Decodable {
        case create, update, withdraw
    }

    private enum CodingKeys: String, CodingKey {
        case unit, action
        case absenceKey = "absence_key"
        case expectedVersion = "expected_version"
        case absence
    }

    init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        unit = try members.number(.unit, in: 1...1_000_000)
        action = try members.decode(Action.self, forKey: .action)
        absenceKey = try members.uuid(.absenceKey)
        if try members.decodeIfPresent(String.self, forKey: .expectedVersion) != nil {
            expectedVersion = try members.text(.expectedVersion, most: 200)
        }
        absence =
            action == .withdraw ? nil : try members.decode(Absence.self, forKey: .absence)
    }
}

/// What came of one change: the schema `Outcome`.
struct Outcome: Sendable {
    var absenceKey: UUID
    var word: Word
    /// The version that stands now.
    var version: Int?
    var reason: Refusal?

    enum Word: String {
        case done, unchanged, conflict, refused
    }

    enum Refusal: String {
        case overlap, unit
        case unknownExtension = "unknown_extension"
        case notSupported = "not_supported"
        case notYet = "not_yet"
        case endTooFar = "end_too_far"
        case noRoom = "no_room"
        case invalid
    }
}

/// What came of a batch: the schema `BatchResult`.
struct BatchResult: Sendable {
    var idempotencyKey: String
    var fence: Int
    var outcomes: [Outcome]
}
