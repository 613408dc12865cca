import AbsenceModel
import Web

extension GraphEvent {
    /// Reads a row; any field may be missing or null (calendar-apis.md 1.3). Nil where it has no
    /// identifier.
    init?(_ row: JSONElement) {
        guard let id = row["id"]?.string, !id.isEmpty else { return nil }
        self.id = id
        masterID = row["seriesMasterId"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        isRemoved = row["@removed"] != nil
        kind =
            switch row["type"]?.string {
            case "singleInstance": .single
            case "occurrence": .occurrence
            case "exception": .exception
            case "seriesMaster": .master
            default: masterID == nil ? .single : .occurrence
            }
        entityTag = row["@odata.etag"]?.string
        modified = row["lastModifiedDateTime"]?.withBytes(GraphTicks.init(text:)) ?? nil
        start = GraphMoment(row["start"])
        end = GraphMoment(row["end"])
        details = Details(row)
    }
}

extension GraphEvent.Details {
    fileprivate init(_ row: JSONElement) {
        isAllDay = row["isAllDay"]?.bool
        showAs = row["showAs"]?.string.map(Self.showAs)
        sensitivity = row["sensitivity"]?.string.map(Self.sensitivity)
        response = Self.response(
            row["responseStatus"]?["response"]?.string,
            isOrganizer: row["isOrganizer"]?.bool
        )
        isCancelled = row["isCancelled"]?.bool
        subject = row["subject"]?.string
        location = row["location"]?["displayName"]?.string
        // A body in HTML was not asked for; its beginning also comes as text.
        body =
            row["body"]?["contentType"]?.string == "text"
            ? row["body"]?["content"]?.string : row["bodyPreview"]?.string
        choice =
            row["singleValueExtendedProperties"]?.values?.lazy
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
