import CLibIcal

/// A property that is read.
enum PropertyName: UInt8, CaseIterable {
    case uid, sequence, stamp, lastModified
    case start, end, duration, recurrenceID, rule, exceptionRule, additions, exclusions
    case summary, location, description
    case transparency, status, classification, busyStatus, allDayEvent, choice
    case attendee, organizer
    case offsetFrom, offsetTo

    /// The property that is written so, in capitals.
    init?(text: String) {
        guard let name = Self.names[text] else { return nil }
        self = name
    }

    private static let names = Dictionary(
        uniqueKeysWithValues: allCases.map { ($0.text, $0) }
    )

    var text: String {
        switch self {
        case .uid: "UID"
        case .sequence: "SEQUENCE"
        case .stamp: "DTSTAMP"
        case .lastModified: "LAST-MODIFIED"
        case .start: "DTSTART"
        case .end: "DTEND"
        case .duration: "DURATION"
        case .recurrenceID: "RECURRENCE-ID"
        case .rule: "RRULE"
        case .exceptionRule: "EXRULE"
        case .additions: "RDATE"
        case .exclusions: "EXDATE"
        case .summary: "SUMMARY"
        case .location: "LOCATION"
        case .description: "DESCRIPTION"
        case .transparency: "TRANSP"
        case .status: "STATUS"
        case .classification: "CLASS"
        case .busyStatus: "X-MICROSOFT-CDO-BUSYSTATUS"
        case .allDayEvent: "X-MICROSOFT-CDO-ALLDAYEVENT"
        case .choice: "X-KALENDERKOPPLING-CHOICE"
        case .attendee: "ATTENDEE"
        case .organizer: "ORGANIZER"
        case .offsetFrom: "TZOFFSETFROM"
        case .offsetTo: "TZOFFSETTO"
        }
    }

    /// Under which libical keeps it: many share the kind for names that it does not know.
    var kind: icalproperty_kind {
        switch self {
        case .uid: ICAL_UID_PROPERTY
        case .sequence: ICAL_SEQUENCE_PROPERTY
        case .stamp: ICAL_DTSTAMP_PROPERTY
        case .lastModified: ICAL_LASTMODIFIED_PROPERTY
        case .start: ICAL_DTSTART_PROPERTY
        case .end: ICAL_DTEND_PROPERTY
        case .duration: ICAL_DURATION_PROPERTY
        case .recurrenceID: ICAL_RECURRENCEID_PROPERTY
        case .rule: ICAL_RRULE_PROPERTY
        case .exceptionRule: ICAL_EXRULE_PROPERTY
        case .additions: ICAL_RDATE_PROPERTY
        case .exclusions: ICAL_EXDATE_PROPERTY
        case .summary: ICAL_SUMMARY_PROPERTY
        case .location: ICAL_LOCATION_PROPERTY
        case .description: ICAL_DESCRIPTION_PROPERTY
        case .transparency: ICAL_TRANSP_PROPERTY
        case .status: ICAL_STATUS_PROPERTY
        case .classification: ICAL_CLASS_PROPERTY
        case .busyStatus, .allDayEvent, .choice: ICAL_X_PROPERTY
        case .attendee: ICAL_ATTENDEE_PROPERTY
        case .organizer: ICAL_ORGANIZER_PROPERTY
        case .offsetFrom: ICAL_TZOFFSETFROM_PROPERTY
        case .offsetTo: ICAL_TZOFFSETTO_PROPERTY
        }
    }
}

/// Some of the properties that are read.
struct PropertyNames: OptionSet {
    var rawValue: UInt32

    init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    init(_ names: PropertyName...) {
        rawValue = names.reduce(0) { $0 | 1 << $1.rawValue }
    }

    mutating func insert(_ name: PropertyName) {
        rawValue |= 1 << name.rawValue
    }

    func contains(_ name: PropertyName) -> Bool {
        rawValue & 1 << name.rawValue != 0
    }
}
