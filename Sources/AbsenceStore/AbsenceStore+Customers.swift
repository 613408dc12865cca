public import AbsenceModel
public import Foundation
import Postgres
public import Settings

extension AbsenceStore {
    /// The customer that commands call `key`.
    ///
    /// - Throws: ``StoreError/Code/unknownCustomer``, with the ones there are.
    public func customer(_ key: String) throws -> Customer {
        guard let customer = try connection.run(CustomerByKey(key: key)).first else {
            let known = try customers().map(\.key).joined(separator: ", ")
            throw StoreError(
                .unknownCustomer,
                "there is no customer \(key); "
                    + (known.isEmpty ? "take one in with customer apply" : "there are \(known)")
            )
        }
        return customer
    }

    /// All customers in service, by key.
    public func customers() throws -> [Customer] {
        try connection.run(ActiveCustomers())
    }

    /// Makes a customer file what counts, as a new version of the rules where they changed.
    ///
    /// - Returns: the version of the rules in force.
    /// - Throws: ``StoreError/Code/damagedSettings`` where its codes name a grammar that the
    ///   template does not have, or its contract contradicts what is invoiced. Nothing is changed
    ///   then.
    public func apply(_ file: CustomerFile, by who: String, at instant: Date) throws -> Int {
        let settings = try CustomerSettings(file: file).json()
        return try transaction {
            let ids = try connection.run(
                TakeInCustomer(settings: settings, at: instant, by: who)
            )
            guard let id = ids.first else {
                throw StoreError(.damagedSettings, "the customer was not taken in")
            }
            try takeInContract(
                file.contract.map(SettingsJSON.text),
                of: id,
                by: who,
                at: instant
            )
            return try takeIn(RuleSetting(file), of: id, by: who, at: instant)
        }
    }

    /// Makes a roster the users of a customer. Whoever is not in it becomes inactive.
    public func apply(
        _ roster: RosterFile,
        to customer: Customer,
        by who: String,
        at instant: Date
    ) throws -> RosterTally {
        try transaction {
            let count = try connection.copyIn(
                StagedRoster(),
                rows: roster.users.lazy.map { (customer.id, $0) }
            )
            let tally = try connection.run(
                TakeInRoster(customer: customer.id, count: count, at: instant, by: who)
            )
            return tally.first ?? RosterTally(added: 0, changed: 0, left: 0)
        }
    }

    /// Makes users' own rules what counts.
    ///
    /// - Returns: the keys of the users whose rules changed.
    /// - Throws: ``StoreError/Code/unknownUser``, with nothing changed.
    public func apply(
        _ file: PreferencesFile,
        to customer: Customer,
        by who: String,
        at instant: Date
    ) throws -> [String] {
        try transaction {
            try file.preferences.filter { key, preferences in
                try connection.run(
                    TakeInPreferences(
                        customer: customer.id,
                        user: try user(key, of: customer).id,
                        settings: preferences.json,
                        at: instant,
                        by: who
                    )
                ).first ?? false
            }
            .map(\.key).sorted()
        }
    }

    /// The reasons that the customer's rules know.
    public func reasons(of customer: Customer) throws -> [Reason] {
        try connection.run(ReasonsInForce(customer: customer.id))
    }

    /// The user that the roster calls `key`, or whose extension it is.
    public func user(_ key: String, of customer: Customer) throws -> RosterEntry {
        guard
            let user = try connection.run(UserByKey(customer: customer.id, key: key)).first
        else {
            throw StoreError(
                .unknownUser,
                "\(customer.key) has no user \(key); name a user by its key or its extension"
            )
        }
        return user
    }
}

/// What a roster import changed.
public struct RosterTally: Hashable, Sendable {
    public var added: Int
    public var changed: Int
    public var left: Int
}

/// A user of a roster, as the database knows it.
public struct RosterEntry: Hashable, Sendable {
    public var id: UserID
    public var key: String
    public var name: String
    public var phone: String
    /// An IANA name.
    public var timeZone: String
    public var language: String
    public var isActive: Bool
}
