import AbsenceModel
import Web

/// Reads rows, one after another; not to be shared between tasks.
struct GraphEventReader {
    private let row = JSONMembers(GraphEvent.names)

    /// Reads a row; any field may be missing or null (calendar-apis.md 1.3). Nil where it has no
    /// identifier.
    func read(_ element: JSONElement) -> GraphEvent? {
        row.look(into: element)
        guard let id = row.bytes(.id), !id.isEmpty else { return nil }
        return GraphEvent(row)
    }
}

/// What is read of a row.
private enum Member: Int, CaseIterable {
    case id, masterID, removed, type, entityTag, modified
    case start, startZone, end, endZone
    case isAllDay, showAs, sensitivity, response, isOrganizer, isCancelled
    case subject, location, bodyType, body, bodyPreview, extendedProperties

    var name: StaticString {
        switch self {
        case .id: "id"
        case .masterID: "seriesMasterId"
        case .removed: "@removed"
        case .type: "type"
        case .entityTag: "@odata.etag"
        case .modified: "lastModifiedDateTime"
        case .start: "start/dateTime"
        case .startZone: "start/timeZone"
        case .end: "end/dateTime"
        case .endZone: "end/timeZone"
        case .isAllDay: "isAllDay"
        case .showAs: "showAs"
        case .sensitivity: "sensitivity"
        case .response: "responseStatus/response"
        case .isOrganizer: "isOrganizer"
        case .isCancelled: "isCancelled"
        case .subject: "subject"
        case .location: "location/displayName"
        case .bodyType: "body/contentType"
        case .body: "body/content"
        case .bodyPreview: "bodyPreview"
        case .extendedProperties: "singleValueExtendedProperties"
        }
    }
}

extension JSONMembers {
    fileprivate subscript(_ member: Member) -> JSONElement? { self[member.rawValue] }

    fileprivate func bytes(_ member: Member) -> UnsafeRawBufferPointer? { bytes(member.rawValue) }
}

extension GraphEvent {
    fileprivate static let names = JSONNames(Member.allCases.map(\.name))

    /// Inlined with its parts, so that it is made where it is to lie.
    @inline(__always)
    fileprivate init(_ row: JSONMembers) {
        let masterID = row.bytes(.masterID).flatMap { $0.isEmpty ? nil : $0 }
        let modified = row.bytes(.modified).flatMap(GraphTicks.init(text:))
        // A body in HTML was not asked for; its beginning also comes as text.
        let body: Member = if case "text"? = row.bytes(.bodyType) { .body } else { .bodyPreview }
        self.init(
            texts: GraphMark.withBytes(modified, row.bytes(.entityTag)) { mark in
                BookingTexts(
                    key: row.bytes(.id),
                    resource: masterID,
                    mark: mark,
                    subject: row.bytes(.subject),
                    location: row.bytes(.location),
                    body: row.bytes(body)
                )
            },
            kind: Self.kind(row.bytes(.type)) ?? (masterID == nil ? .single : .occurrence),
            isRemoved: row[.removed] != nil,
            modified: modified,
            start: GraphMoment(row.bytes(.start), row.bytes(.startZone)),
            end: GraphMoment(row.bytes(.end), row.bytes(.endZone)),
            details: Details(row)
        )
    }

    private static func kind(_ text: UnsafeRawBufferPointer?) -> Kind? {
        switch text {
        case "singleInstance"?: .single
        case "occurrence"?: .occurrence
        case "exception"?: .exception
        case "seriesMaster"?: .master
        default: nil
        }
    }
}

extension GraphEvent.Details {
    @inline(__always)
    fileprivate init(_ row: JSONMembers) {
        isAllDay = row[.isAllDay]?.bool
        showAs = row.bytes(.showAs).map(Self.showAs)
        sensitivity = row.bytes(.sensitivity).map(Self.sensitivity)
        response = Self.response(
            row.bytes(.response),
            isOrganizer: row[.isOrganizer]?.bool
        )
        isCancelled = row[.isCancelled]?.bool
        choice =
            row[.extendedProperties]?.values?.lazy
            .compactMap { $0["value"]?.string }.first
    }

    /// What is unknown takes the user's time.
    private static func showAs(_ text: UnsafeRawBufferPointer) -> Booking.ShowAs {
        switch text {
        case "free": .free
        case "tentative": .tentative
        case "oof": .outOfOffice
        case "workingElsewhere": .workingElsewhere
        default: .busy
        }
    }

    /// What is unknown is nobody's business.
    private static func sensitivity(_ text: UnsafeRawBufferPointer) -> Booking.Sensitivity {
        switch text {
        case "normal": .normal
        case "personal": .personal
        case "confidential": .confidential
        default: .private
        }
    }

    /// No answer is needed for what nobody was invited to (calendar-apis.md 1.3).
    private static func response(
        _ text: UnsafeRawBufferPointer?,
        isOrganizer: Bool?
    ) -> Booking.Response? {
        switch text {
        case "organizer"?: .organizer
        case "accepted"?: .accepted
        case "tentativelyAccepted"?: .tentative
        case "declined"?: .declined
        case "notResponded"?: .notResponded
        case "none"?: isOrganizer == false ? .accepted : .organizer
        case nil: isOrganizer.map { $0 ? .organizer : .accepted }
        default: .notResponded
        }
    }
}
