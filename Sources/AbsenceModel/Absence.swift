public import Foundation

/// An absence as the telephone side is to have it, of one extension.
public struct Absence: Hashable, Codable, Sendable {
    /// The extension's digits.
    public var phone: String
    public var startsAt: Date
    /// The first instant after it.
    public var endsAt: Date
    public var kind: Kind
    /// What colleagues and attendants see.
    public var reason: Reason
    /// What callers hear (domain P-14).
    public var announcedReason: Reason
    /// The return time that callers hear (domain P-13).
    public var backAt: Date
    /// What colleagues see beside the reason, where the rules allow any (domain P-12).
    public var shownText: String?
    public var target: Target
    /// How long an `open` diversion rings first, in seconds (domain P-3).
    public var ringSeconds: Int

    /// The columns of `telephony.placed` and `switchboard.absences`.
    private enum CodingKeys: String, CodingKey {
        case phone = "extension"
        case startsAt = "starts_at"
        case endsAt = "ends_at"
        case kind, reason
        case announcedReason = "announced_reason"
        case backAt = "back_at"
        case shownText = "shown_text"
        case target
        case ringSeconds = "ring_seconds"
    }

    public init(
        phone: String,
        startsAt: Date,
        endsAt: Date,
        kind: Kind,
        reason: Reason,
        announcedReason: Reason? = nil,
        backAt: Date? = nil,
        shownText: String? = nil,
        target: Target = .announcement,
        ringSeconds: Int = 15
    ) {
        self.phone = phone
        self.startsAt = startsAt
        self.endsAt = endsAt
        self.kind = kind
        self.reason = reason
        self.announcedReason = announcedReason ?? reason
        self.backAt = backAt ?? endsAt
        self.shownText = shownText
        self.target = target
        self.ringSeconds = ringSeconds
    }

    /// Where a diverted caller goes (domain P-15).
    public enum Target: RawRepresentable, Hashable, Codable, Sendable {
        case announcement
        case voicemail
        case number(String)

        public init?(rawValue: String) {
            switch rawValue {
            case "announcement": self = .announcement
            case "voicemail": self = .voicemail
            case _ where rawValue.hasPrefix("number:"):
                self = .number(String(rawValue.dropFirst("number:".count)))
            default: return nil
            }
        }

        public var rawValue: String {
            switch self {
            case .announcement: "announcement"
            case .voicemail: "voicemail"
            case .number(let digits): "number:\(digits)"
            }
        }
    }
}

extension Absence {
    /// The absence as reports may tell it: without sick leave.
    public var told: Absence {
        var told = self
        told.reason = reason.told
        told.announcedReason = announcedReason.told
        return told
    }
}
