import TestSupport
import CalendarFeed
import Foundation

/// Exchange as a test tells it, operation by operation.
enum ScriptedExchange {
    static let mailbox = "anna@exempel.example"

    /// What a source does with answers that `script` gives, by the operation's name and the ItemIds
    /// that are asked for; nil is what a calendar of two singles and two occurrences answers.
    static func run(
        _ script:
            @escaping @Sendable (_ operation: String, _ ids: [String]) -> LoopbackServer.Reply?,
        _ body: (EWSSource, LoopbackServer) async throws -> Void
    ) async throws {
        try await LoopbackServer.run { request in
            let operation = operation(request)
            let ids = ids(request)
            return script(operation, ids) ?? usual(operation, ids)
        } _: { server in
            try await EWSSample.withSource(try EWSSample.endpoint(server)) { source in
                try await body(source, server)
            }
        }
    }

    /// The ids of a calendar: singles, and occurrences of one series.
    static let ids = ["single1", "single2", "occurrence1", "occurrence2"]

    static func operation(_ request: LoopbackServer.Request) -> String {
        ["SyncFolderItems", "FindItem", "GetItem"].first { request.body.contains("<m:\($0)") } ?? ""
    }

    static func ids(_ request: LoopbackServer.Request) -> [String] {
        request.body.split(separator: "<t:ItemId Id=\"").dropFirst().map { part in
            String(part.prefix { $0 != "\"" })
        }
    }

    static func usual(_ operation: String, _ asked: [String]) -> LoopbackServer.Reply {
        switch operation {
        case "SyncFolderItems": answer(operation, [changes(state: "state")])
        case "FindItem": answer(operation, [list(ids)])
        default: answer(operation, asked.map { item($0) })
        }
    }

    /// An envelope around messages.
    static func answer(_ operation: String, _ messages: [String]) -> LoopbackServer.Reply {
        let content = messages.joined()
        return .text(
            200,
            """
            <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>\
            <m:\(operation)Response \
            xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" \
            xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types">\
            <m:ResponseMessages>\(content)</m:ResponseMessages></m:\(operation)Response></s:Body>\
            </s:Envelope>
            """
        )
    }

    static func fault(_ code: String, backOff: Int? = nil) -> LoopbackServer.Reply {
        let details = backOff.map {
            """
            <t:MessageXml xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types">\
            <t:Value Name="BackOffMilliseconds">\($0)</t:Value></t:MessageXml>
            """
        }
        return .text(
            500,
            """
            <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault>\
            <faultcode>a:\(code)</faultcode><faultstring>Annas Geheimnis</faultstring><detail>\
            <e:ResponseCode xmlns:e="http://schemas.microsoft.com/exchange/services/2006/errors">\
            \(code)</e:ResponseCode>\(details ?? "")</detail></s:Fault></s:Body></s:Envelope>
            """
        )
    }

    static func error(_ operation: String, _ code: String) -> String {
        "<m:\(operation)ResponseMessage ResponseClass=\"Error\"><m:MessageText>Annas Geheimnis"
            + "</m:MessageText><m:ResponseCode>\(code)</m:ResponseCode>"
            + "</m:\(operation)ResponseMessage>"
    }

    static func changes(state: String, isLast: Bool = true) -> String {
        "<m:SyncFolderItemsResponseMessage ResponseClass=\"Success\"><m:ResponseCode>NoError"
            + "</m:ResponseCode><m:SyncState>\(state)</m:SyncState><m:IncludesLastItemInRange>"
            + "\(isLast)</m:IncludesLastItemInRange><m:Changes/></m:SyncFolderItemsResponseMessage>"
    }

    static func list(_ ids: [String], isLast: Bool = true, hasUID: Bool = true) -> String {
        let items = ids.map { id in
            "<t:CalendarItem><t:ItemId Id=\"\(id)\"/>" + (hasUID ? identity(id) : kind(id))
                + "</t:CalendarItem>"
        }
        return "<m:FindItemResponseMessage ResponseClass=\"Success\"><m:ResponseCode>NoError"
            + "</m:ResponseCode><m:RootFolder IncludesLastItemInRange=\"\(isLast)\"><t:Items>"
            + items.joined() + "</t:Items></m:RootFolder></m:FindItemResponseMessage>"
    }

    static func item(_ id: String) -> String {
        let day = 22 + (ids.firstIndex(of: id) ?? 0)
        return "<m:GetItemResponseMessage ResponseClass=\"Success\"><m:ResponseCode>NoError"
            + "</m:ResponseCode><m:Items><t:CalendarItem><t:ItemId Id=\"\(id)\"/>"
            + "<t:Subject>Annas Geheimnis</t:Subject>" + identity(id)
            + "<t:RecurrenceId>2026-11-\(day)T09:00:00Z</t:RecurrenceId>"
            + "<t:Start>2026-11-\(day)T09:00:00Z</t:Start>"
            + "<t:End>2026-11-\(day)T10:00:00Z</t:End></t:CalendarItem></m:Items>"
            + "</m:GetItemResponseMessage>"
    }

    private static func identity(_ id: String) -> String {
        "<t:UID>\(id.hasPrefix("single") ? "uid of \(id)" : "series")</t:UID>" + kind(id)
    }

    private static func kind(_ id: String) -> String {
        "<t:CalendarItemType>\(id.hasPrefix("single") ? "Single" : "Occurrence")"
            + "</t:CalendarItemType>"
    }
}
