import Foundation

/// A request, as SOAP 1.1 has it. Element order is that of the schema; Exchange checks it.
struct EWSQuestion: Sendable {
    /// The operation's name, such as `FindItem`; its answer has the same name.
    var operation: String
    /// How many response messages belong to a whole answer.
    var messageCount = 1
    /// The children of the operation's element.
    private var content: String
    private var attributes = ""

    /// What changed in the calendar since `state`, or all of its items: singles and masters,
    /// without any calendar logic.
    static func changes(since state: String?) -> EWSQuestion {
        let known = state.map { "<m:SyncState>\(escaped($0))</m:SyncState>" } ?? ""
        return EWSQuestion(
            operation: "SyncFolderItems",
            content: "<m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape>"
                + "<m:SyncFolderId>\(calendar)</m:SyncFolderId>\(known)"
                + "<m:MaxChangesReturned>\(EWSLimits.changes)</m:MaxChangesReturned>"
        )
    }

    /// The single items and the occurrences of series that overlap `window`, by their ids.
    ///
    /// What names a series is asked for here, so that the series of an occurrence is known even
    /// where the server cannot hand the occurrence out. `FindItem` can tell both properties
    /// (EWS Managed API, AppointmentSchema, CanFind).
    static func list(_ window: Range<Date>) -> EWSQuestion {
        EWSQuestion(
            operation: "FindItem",
            content: "<m:ItemShape><t:BaseShape>IdOnly</t:BaseShape>"
                + properties(["calendar:UID", "calendar:CalendarItemType"])
                + "</m:ItemShape><m:CalendarView MaxEntriesReturned=\"\(EWSLimits.entries)\" "
                + "StartDate=\"\(utc(window.lowerBound))\" EndDate=\"\(utc(window.upperBound))\"/>"
                + "<m:ParentFolderIds>\(calendar)</m:ParentFolderIds>",
            attributes: " Traversal=\"Shallow\""
        )
    }

    /// What bookings are made of, of each of `ids`, in their order.
    static func items(_ ids: [String], choice: EWSExtendedField?) -> EWSQuestion {
        EWSQuestion(
            operation: "GetItem",
            messageCount: ids.count,
            content: "<m:ItemShape><t:BaseShape>IdOnly</t:BaseShape>"
                + "<t:BodyType>Text</t:BodyType>\(properties(fields, choice: choice))</m:ItemShape>"
                + "<m:ItemIds>" + ids.map { "<t:ItemId Id=\"\(escaped($0))\"/>" }.joined()
                + "</m:ItemIds>"
        )
    }

    /// The whole request, made in the name of the mailbox (calendar-apis.md 2.3).
    ///
    /// The version is the first that tells working elsewhere from busy, and the oldest of the
    /// servers that are still met with; later ones know it.
    func envelope(mailbox: String) -> String {
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>"
            + "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\" "
            + "xmlns:m=\"http://schemas.microsoft.com/exchange/services/2006/messages\" "
            + "xmlns:t=\"http://schemas.microsoft.com/exchange/services/2006/types\">"
            + "<s:Header><t:RequestServerVersion Version=\"Exchange2013_SP1\"/>"
            + "<t:ExchangeImpersonation><t:ConnectingSID><t:PrimarySmtpAddress>"
            + EWSQuestion.escaped(mailbox)
            + "</t:PrimarySmtpAddress></t:ConnectingSID></t:ExchangeImpersonation></s:Header>"
            + "<s:Body><m:\(operation)\(attributes)>\(content)</m:\(operation)></s:Body>"
            + "</s:Envelope>"
    }

    private static let calendar = "<t:DistinguishedFolderId Id=\"calendar\"/>"

    private static let fields = [
        "item:Subject", "item:Sensitivity", "item:Body", "calendar:Start", "calendar:End",
        "calendar:IsAllDayEvent", "calendar:LegacyFreeBusyStatus", "calendar:Location",
        "calendar:IsCancelled", "calendar:CalendarItemType", "calendar:MyResponseType",
        "calendar:AppointmentState", "calendar:UID", "calendar:RecurrenceId",
        "calendar:OriginalStart", "calendar:StartTimeZone",
    ]

    private static func properties(_ fields: [String], choice: EWSExtendedField? = nil) -> String {
        "<t:AdditionalProperties>"
            + fields.map { "<t:FieldURI FieldURI=\"\($0)\"/>" }.joined()
            + (choice.map(\.element) ?? "") + "</t:AdditionalProperties>"
    }

    /// Text of an element or an attribute.
    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
            .replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
    }

    /// 2026-11-23T09:00:00Z.
    private static func utc(_ date: Date) -> String {
        date.formatted(Date.ISO8601FormatStyle(timeZone: .gmt))
    }
}

/// How much is asked at once (calendar-apis.md 2.1, 2.3).
enum EWSLimits {
    /// The most that `SyncFolderItems` returns.
    static let changes = 512
    /// `EWSFindCountLimit`, which the server holds in memory for a user.
    static let entries = 1_000
    /// Microsoft's advice for `GetItem`.
    static let items = 10
    /// A view of more than two years is refused (`ErrorCalendarViewRangeTooBig`).
    static let view: Double = 700 * 86_400
    /// Nobody has so many bookings in this time; the server does not divide.
    static let shortestView: Double = 60
    /// Pages of changes, over 200,000 items, and parts of a view. What goes on longer has no end.
    static let pages = 400
    /// Requests under way at once, of all mailboxes. `EWSMaxConcurrency` is 27, and 10 in Exchange
    /// 2010; with impersonation it counts for each mailbox apart, of which each is asked one thing
    /// at a time, so that this spares the servers and holds where the policy counts otherwise.
    static let concurrency = 10
}
