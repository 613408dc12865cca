import Foundation
import HTTPServing

/// Writes calendar items with the properties that a request asks for, in the schema's order.
struct EWSItemWriter {
    /// The properties by their URIs; nil writes all that there are.
    private var wanted: Set<String>?
    /// The attributes of the extended properties asked for.
    private var extended: [[String: String]] = []
    private let uid: (Event) -> String

    /// - Parameters:
    ///   - shape: The ItemShape of the request.
    ///   - uid: The UID of an event.
    init(_ shape: XMLNode?, uid: @escaping (Event) -> String) {
        self.uid = uid
        let properties = shape?["AdditionalProperties"]?.children ?? []
        if shape?["BaseShape"]?.text == "IdOnly" {
            wanted = Set(properties.compactMap { $0.attributes["FieldURI"] })
        }
        extended = properties.filter { $0.name == "ExtendedFieldURI" }.map(\.attributes)
    }

    func write(_ occurrence: Occurrence, id: EWSItemID, to writer: inout XMLWriter) {
        let event = occurrence.event
        let details = occurrence.details
        let isOfSeries = id.day != nil
        writer.element("t:CalendarItem") { writer in
            writer.element("t:ItemId", ["Id": id.text, "ChangeKey": Self.changeKey(event)])
            let put = { (writer: inout XMLWriter, uri: String, text: String?) in
                if let text, wanted?.contains(uri) ?? true {
                    let name = uri.split(separator: ":").last.map(String.init) ?? uri
                    writer.element("t:\(name)", text)
                }
            }
            put(&writer, "item:Subject", details.subject)
            put(&writer, "item:Sensitivity", Self.sensitivity(details.sensitivity))
            if wanted?.contains("item:Body") ?? true, let body = details.body {
                writer.element("t:Body", ["BodyType": "Text"], body)
            }
            for attributes in extended where attributes["PropertyName"] == Self.choiceName {
                if let choice = details.choice { Self.write(choice, as: attributes, to: &writer) }
            }
            put(&writer, "calendar:UID", uid(event))
            if isOfSeries {
                put(&writer, "calendar:RecurrenceId", "\(occurrence.originalInstant.utc)Z")
            }
            put(&writer, "calendar:Start", "\(occurrence.instants.lowerBound.utc)Z")
            put(&writer, "calendar:End", "\(occurrence.instants.upperBound.utc)Z")
            if occurrence.isException {
                put(&writer, "calendar:OriginalStart", "\(occurrence.originalInstant.utc)Z")
            }
            put(&writer, "calendar:IsAllDayEvent", event.isAllDay ? "true" : "false")
            put(&writer, "calendar:LegacyFreeBusyStatus", Self.showAs(details.showAs))
            put(&writer, "calendar:Location", details.location)
            let (response, state) = Self.response(details, number: event.number)
            put(&writer, "calendar:IsMeeting", state & 1 != 0 ? "true" : "false")
            put(&writer, "calendar:IsCancelled", details.isCancelled ? "true" : "false")
            put(&writer, "calendar:IsRecurring", isOfSeries ? "true" : "false")
            put(&writer, "calendar:CalendarItemType", Self.type(occurrence, isOfSeries))
            put(&writer, "calendar:MyResponseType", response)
            put(&writer, "calendar:AppointmentState", String(state))
            for uri in ["StartTimeZone", "EndTimeZone"] {
                guard wanted?.contains("calendar:\(uri)") ?? true else { continue }
                let zone = event.zone.windowsName
                writer.element("t:\(uri)", ["Name": zone, "Id": zone])
            }
        }
    }

    /// What a listing or a change says of an item beside what it was asked for.
    static func changeKey(_ event: Event) -> String {
        Data("key \(event.number) \(event.revision)".utf8).base64EncodedString()
    }

    private static let choiceName = "KalenderkopplingChoice"

    private static func write(
        _ choice: String,
        as attributes: [String: String],
        to writer: inout XMLWriter
    ) {
        writer.element("t:ExtendedProperty") {
            let (name, set) =
                attributes["DistinguishedPropertySetId"].map { ("DistinguishedPropertySetId", $0) }
                ?? ("PropertySetId", attributes["PropertySetId"] ?? "")
            $0.element(
                "t:ExtendedFieldURI",
                [
                    name: set, "PropertyName": choiceName,
                    "PropertyType": attributes["PropertyType"] ?? "String",
                ]
            )
            $0.element("t:Value", choice)
        }
    }

    private static func type(_ occurrence: Occurrence, _ isOfSeries: Bool) -> String {
        if isOfSeries { return occurrence.isException ? "Exception" : "Occurrence" }
        return occurrence.event.recurrence == nil ? "Single" : "RecurringMaster"
    }

    /// MyResponseType and AppointmentState. Half of what is one's own is no meeting, and so of a
    /// response that Exchange does not know.
    private static func response(_ details: EventDetails, number: Int) -> (String, Int) {
        let cancelled = details.isCancelled ? 4 : 0
        switch details.response {
        case .organizer where number.isMultiple(of: 2): return ("Unknown", cancelled)
        case .organizer: return ("Organizer", 1 | cancelled)
        case .accepted: return ("Accept", 3 | cancelled)
        case .tentative: return ("Tentative", 3 | cancelled)
        case .declined: return ("Decline", 3 | cancelled)
        case .notResponded: return ("NoResponseReceived", 3 | cancelled)
        }
    }

    private static func showAs(_ value: EventDetails.ShowAs) -> String {
        switch value {
        case .free: "Free"
        case .workingElsewhere: "WorkingElsewhere"
        case .tentative: "Tentative"
        case .busy: "Busy"
        case .outOfOffice: "OOF"
        }
    }

    private static func sensitivity(_ value: EventDetails.Sensitivity) -> String {
        switch value {
        case .normal: "Normal"
        case .personal: "Personal"
        case .private: "Private"
        case .confidential: "Confidential"
        }
    }
}
