public import AbsenceModel
public import Foundation
import Postgres

extension AbsenceStore {
    /// Runs `body` in one transaction that is taken back whatever comes of it.
    public func rehearse<R>(_ body: () async throws -> R) async throws -> R {
        try await connection.rehearsal(body)
    }

    /// A second customer beside the first, as that one stood at an instant, or stands where none
    /// is named: of the named users and whoever shares a coded booking with them, or of everybody.
    ///
    /// Only within ``rehearse(_:)``: it goes with the transaction.
    public func castShadow(
        of customer: Customer,
        users: [UserID]? = nil,
        asOf instant: Date? = nil
    ) throws -> Customer {
        let ids = try connection.run(
            CastShadow(customer: customer.id, asOf: instant, users: users)
        )
        guard let id = ids.first else {
            throw StoreError(.unknownCustomer, "there is no customer \(customer.key) any more")
        }
        var shadow = customer
        shadow.id = id
        return shadow
    }

    /// Gives a shadow other rules, and takes what it wanted under the first ones for placed.
    ///
    /// - Parameter isFresh: whether a load is to follow that reads every calendar anew.
    /// - Returns: the keys that cannot be judged without such a load, which stay as they are.
    public func apply(
        _ setting: RuleSetting,
        toShadow shadow: Customer,
        isFresh: Bool,
        at instant: Date
    ) throws -> [String] {
        _ = try connection.run(PlaceDesired(customer: shadow.id, asOf: instant))
        var tried = setting
        var notJudged: [String] = []
        if !isFresh {
            let judged = try connection.run(
                JudgedSettings(
                    customer: shadow.id,
                    system: setting.system,
                    settings: setting.settings
                )
            )
            if let judged = judged.first {
                tried.settings = judged.0
                notJudged = judged.1
            }
        }
        _ = try takeIn(tried, of: shadow.id, by: "trial", at: instant)
        return notJudged
    }

    /// How what a shadow wants differs from what it wanted before it got other rules.
    public func differences(ofShadow shadow: Customer, asOf instant: Date) throws -> [Difference] {
        // The rows of a shadow are in no statistics: one by one would seem cheap for all of them.
        try connection.command("set local enable_nestloop = off")
        return try connection.run(Differences(customer: shadow.id, users: nil, asOf: instant))
    }

    /// How long phones would be closed that are not, and the other way round.
    public func closedTime(ofShadow shadow: Customer, asOf instant: Date) throws -> ClosedTime {
        try connection.run(ClosedTimeWithin(customer: shadow.id, asOf: instant)).first
            ?? ClosedTime(gainedHours: 0, lostHours: 0)
    }
}

/// Hours of phones closed by a direct diversion, summed over all users, from an instant on.
public struct ClosedTime: Hashable, Sendable {
    public var gainedHours: Double
    public var lostHours: Double
}
