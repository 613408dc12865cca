import AbsenceModel
import Foundation
import Settings

/// A customer file as `intake.take_in_customer` reads it: all but the rules.
struct CustomerSettings: Encodable {
    let file: CustomerFile

    private enum Key: String, CodingKey {
        case customer, name, timezone, language, calendars, groups, exchange, presence, contract,
            limits, retention
    }

    private enum LimitKey: String, CodingKey {
        case withdrawnShare = "withdrawn_share"
        case withdrawnShareFrom = "withdrawn_share_from"
        case withdrawnCount = "withdrawn_count"
        case newlyDirectShare = "newly_direct_share"
        case newlyDirectFrom = "newly_direct_from"
        case newlyDirectCount = "newly_direct_count"
    }

    private enum RetentionKey: String, CodingKey {
        case audit, versions
    }

    func json() throws -> String {
        try SettingsJSON.text(of: self)
    }

    func encode(to encoder: any Encoder) throws {
        var settings = encoder.container(keyedBy: Key.self)
        try settings.encode(file.customer, forKey: .customer)
        try settings.encode(file.name, forKey: .name)
        try settings.encode(file.timeZone.identifier, forKey: .timezone)
        try settings.encode(file.language, forKey: .language)
        try settings.encode(file.calendars, forKey: .calendars)
        try settings.encode(file.groups, forKey: .groups)
        try settings.encode(file.exchange, forKey: .exchange)
        try settings.encodeIfPresent(file.presence, forKey: .presence)
        try settings.encodeIfPresent(file.contract, forKey: .contract)
        // What the file leaves out is what the program holds safe.
        var limits = settings.nestedContainer(keyedBy: LimitKey.self, forKey: .limits)
        let safe = SafetyLimits()
        try limits.encode(
            file.limits.withdrawnShare ?? safe.withdrawnShare,
            forKey: .withdrawnShare
        )
        try limits.encode(
            file.limits.withdrawnShareFrom ?? safe.withdrawnShareFrom,
            forKey: .withdrawnShareFrom
        )
        try limits.encode(
            file.limits.withdrawnCount ?? safe.withdrawnCount,
            forKey: .withdrawnCount
        )
        try limits.encode(
            file.limits.newlyDirectShare ?? safe.newlyDirectShare,
            forKey: .newlyDirectShare
        )
        try limits.encode(
            file.limits.newlyDirectFrom ?? safe.newlyDirectFrom,
            forKey: .newlyDirectFrom
        )
        try limits.encode(
            file.limits.newlyDirectCount ?? safe.newlyDirectCount,
            forKey: .newlyDirectCount
        )
        var retention = settings.nestedContainer(keyedBy: RetentionKey.self, forKey: .retention)
        try retention.encodeIfPresent(file.retention.audit, forKey: .audit)
        try retention.encodeIfPresent(file.retention.versions, forKey: .versions)
    }
}
