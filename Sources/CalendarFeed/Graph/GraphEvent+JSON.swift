import AbsenceModel
import Web

extension GraphEvent {
    /// Reads a row; any field may be missing or null (calendar-apis.md 1.3). Nil where it has no
    /// identifier.
    init?(_ row: JSONElement) {
        let event = row.withMembers(Self.names) { GraphEvent($0) }
        guard let event else { return nil }
        self = event
    }

    private static let names = JSONNames<Member>()

    /// What is read of a row.
    fileprivate enum Member: Int, JSONMember {
        case id, masterID, removed, type, entityTag, modified, start, end
        case isAllDay, showAs, sensitivity, responseStatus, isOrganizer, isCancelled
        case subject, location, body, bodyPreview, extendedProperties

        var name: StaticString {
            switch self {
            case .id: "id"
            case .masterID: "seriesMasterId"
            case .removed: "@removed"
            case .type: "type"
            case .entityTag: "@odata.etag"
            case .modified: "lastModifiedDateTime"
            case .start: "start"
            case .end: "end"
            case .isAllDay: "isAllDay"
            case .showAs: "showAs"
            case .sensitivity: "sensitivity"
            case .responseStatus: "responseStatus"
            case .isOrganizer: "isOrganizer"
            case .isCancelled: "isCancelled"
            case .subject: "subject"
            case .location: "location"
            case .body: "body"
            case .bodyPreview: "bodyPreview"
            case .extendedProperties: "singleValueExtendedProperties"
            }
        }
    }

    private init?(_ row: JSONMembers<Member>) {
        guard let id = row[.id]?.string, !id.isEmpty else { return nil }
        self.id = id
        masterID = row[.masterID]?.string.flatMap { $0.isEmpty ? nil : $0 }
        isRemoved = row[.removed] != nil
        kind =
            switch row[.type]?.string {
            case "singleInstance": .single
            case "occurrence": .occurrence
            case "exception": .exception
            case "seriesMaster": .master
            default: masterID == nil ? .single : .occurrence
            }
        entityTag = row[.entityTag]?.string
        modified = row[.modified]?.withBytes(GraphTicks.init(text:)) ?? nil
        start = GraphMoment(row[.start])
        end = GraphMoment(row[.end])
        details = Details(row)
    }
}

extension GraphEvent.Details {
    fileprivate init(_ row: JSONMembers<GraphEvent.Member>) {
        isAllDay = row[.isAllDay]?.bool
        showAs = row[.showAs]?.string.map(Self.showAs)
        sensitivity = row[.sensitivity]?.string.map(Self.sensitivity)
        response = Self.response(
            row[.responseStatus]?["response"]?.string,
            isOrganizer: row[.isOrganizer]?.bool
        )
        isCancelled = row[.isCancelled]?.bool
        subject = row[.subject]?.string
        location = row[.location]?["displayName"]?.string
        // A body in HTML was not asked for; its beginning also comes as text.
        body =
            row[.body]?["contentType"]?.string == "text"
            ? row[.body]?["content"]?.string : row[.bodyPreview]?.string
        choice =
            row[.extendedProperties]?.values?.lazy
            .compactMap { $0["value"]?.string }.first
    }

    /// What is unknown takes the user's time.
    private static func showAs(_ text: String) -> Booking.ShowAs {
        switch text {
        case "free": .free
        case "tentative": .tentative
        case "oof": .outOfOffice
        case "workingElsewhere": .workingElsewhere
        default: .busy
        }
    }

    /// What is unknown is nobody's business.
    private static func sensitivity(_ text: String) -> Booking.Sensitivity {
        switch text {
        case "normal": .normal
        case "personal": .personal
        case "confidential": .confidential
        default: .private
        }
    }

    /// No answer is needed for what nobody was invited to (calendar-apis.md 1.3).
    private static func response(_ text: String?, isOrganizer: Bool?) -> Booking.Response? {
        switch text {
        case "organizer": .organizer
        case "accepted": .accepted
        case "tentativelyAccepted": .tentative
        case "declined": .declined
        case "notResponded": .notResponded
        case "none": isOrganizer == false ? .accepted : .organizer
        case nil: isOrganizer.map { $0 ? .organizer : .accepted }
        default: .notResponded
        }
    }
}
