import AbsenceModel
public import Foundation
import Postgres
public import Settings

extension AbsenceStore {
    /// Every version of a customer's rules, the first one first.
    public func ruleSets(of customer: Customer) throws -> [RuleSetVersion] {
        try connection.run(RuleSetVersions(customer: customer.key))
    }

    /// How two versions differ, by key.
    ///
    /// - Throws: ``StoreError/Code/unknownVersion``, with the ones there are.
    public func settingChanges(
        of customer: Customer,
        from old: Int,
        to new: Int
    ) throws -> [SettingChange] {
        _ = try setting(old, of: customer)
        _ = try setting(new, of: customer)
        return try connection.run(SettingChanges(customer: customer.id, from: old, to: new))
    }

    /// What a version says, the template's own values left out.
    ///
    /// - Throws: ``StoreError/Code/unknownVersion``, with the ones there are.
    public func setting(_ version: Int, of customer: Customer) throws -> RuleSetting {
        let found = try connection.run(RuleSetSettings(customer: customer.id, version: version))
        guard let setting = found.first else {
            let known = try ruleSets(of: customer).map { String($0.version) }
            throw StoreError(
                .unknownVersion,
                "\(customer.key) has no version \(version) of its rules; there are "
                    + known.joined(separator: ", ")
            )
        }
        return setting
    }

    /// Makes rules what counts, as a new version unless they are the current ones.
    ///
    /// - Returns: the version in force.
    public func apply(
        _ setting: RuleSetting,
        to customer: Customer,
        by who: String,
        at instant: Date
    ) throws -> Int {
        try transaction { try takeIn(setting, of: customer.id, by: who, at: instant) }
    }

    /// - Throws: ``StoreError/Code/damagedSettings`` where the codes name a grammar that the
    ///   template does not have.
    func takeIn(
        _ setting: RuleSetting,
        of customer: CustomerID,
        by who: String,
        at instant: Date
    ) throws -> Int {
        do {
            let versions = try connection.run(
                TakeInRuleSet(
                    customer: customer,
                    system: setting.system,
                    overrides: setting.settings,
                    at: instant,
                    by: who
                )
            )
            return versions.first ?? 0
        } catch {
            guard error.sqlState == "KK004" else { throw error }
            throw StoreError(
                .damagedSettings,
                "rules.codes: the template \(setting.system) has no such grammar for codes;"
                    + " leave grammar out for the template's own, or choose a system with codes"
            )
        }
    }
}

/// One version of a customer's rules.
public struct RuleSetVersion: Hashable, Sendable {
    public var version: Int
    public var system: String
    public var heldFrom: Date
    /// Nil for the one in force.
    public var heldUntil: Date?
    public var appliedBy: String
    /// The keys that differ from the version before.
    public var changedKeys: [String]
}

/// A key of the rules that differs between two versions.
public struct SettingChange: Hashable, Sendable {
    public var key: String
    /// As JSON; nil where the customer leaves the value to the template.
    public var old: String?
    public var new: String?
}

/// The rules that a customer sets: a template, and what is laid over it.
public struct RuleSetting: Hashable, Sendable {
    public var system: String
    /// A JSON object, in the form of ``Settings/RulesDocument/json``.
    public var settings: String

    init(system: String, settings: String) {
        self.system = system
        self.settings = settings
    }

    public init(_ file: CustomerFile) {
        self.init(system: file.system.rawValue, settings: file.rules.json)
    }
}
