import Foundation
import HTTPServing

/// What Exchange Web Services do with one mailbox's calendar.
struct EWSCalendar {
    var simulation: Simulation
    var mailbox: Mailbox

    /// The answer to the operation in a SOAP body, or nil where the server does not have it.
    func answer(to operation: XMLNode) -> ServerAnswer? {
        switch operation.name {
        case "GetFolder": folders(operation)
        case "FindItem": find(operation)
        case "GetItem": items(operation)
        case "SyncFolderItems": changes(operation)
        default: nil
        }
    }

    private func folders(_ operation: XMLNode) -> ServerAnswer {
        EWSMessages.answer("GetFolder") { writer in
            for folder in operation["FolderIds"]?.children ?? [] {
                let isCalendar = Self.isCalendar(folder)
                let name = folder.attributes["Id"] ?? "root"
                EWSMessages.success("GetFolder", &writer) {
                    $0.element("m:Folders") {
                        $0.element(isCalendar ? "t:CalendarFolder" : "t:Folder") {
                            $0.element(
                                "t:FolderId",
                                [
                                    "Id": isCalendar ? Self.calendarID : "Zm9sZGVyIA==",
                                    "ChangeKey": "AQAAAA==",
                                ]
                            )
                            if isCalendar {
                                $0.element("t:FolderClass", "IPF.Appointment")
                            }
                            $0.element("t:DisplayName", isCalendar ? "Kalender" : name)
                            $0.element("t:TotalCount", "\(isCalendar ? mailbox.events.count : 0)")
                            $0.element("t:ChildFolderCount", "0")
                        }
                    }
                }
            }
        }
    }

    private func find(_ operation: XMLNode) -> ServerAnswer {
        let view = operation["CalendarView"]
        guard let folder = operation["ParentFolderIds"]?.children.first, Self.isCalendar(folder),
            let view, let start = view.attributes["StartDate"].flatMap({ Instant(iso: $0) }),
            let end = view.attributes["EndDate"].flatMap({ Instant(iso: $0) }), start < end
        else { return error("FindItem", "ErrorInvalidRequest") }
        guard end.seconds - start.seconds <= 731 * 86_400 else {
            simulation.counts.addBreach("ews_view_range")
            return error("FindItem", "ErrorCalendarViewRangeTooBig")
        }
        // What ends exactly where the view begins is listed too (calendar-apis.md 2.1).
        let found = entries(overlapping: Instant(start.seconds - 1)..<end)
            .filter { $0.occurrence.instants.upperBound >= start }
        let most = view.attributes["MaxEntriesReturned"].flatMap(Int.init) ?? Int.max
        guard min(found.count, most) <= Self.findCount else {
            simulation.counts.addBreach("ews_find_count")
            return error("FindItem", "ErrorExceededFindCountLimit")
        }
        let isEndless = strikes(.endlessPages)
        var listed = Array(found.prefix(most))
        if strikes(.reorderedPages) { listed.reverse() }
        if strikes(.replayedPages) { listed += listed }
        let isLast = found.count <= most && !isEndless
        let write = EWSItemWriter(operation["ItemShape"], uid: uid)
        return EWSMessages.answer("FindItem") {
            EWSMessages.success("FindItem", &$0) {
                $0.element(
                    "m:RootFolder",
                    [
                        "TotalItemsInView": "\(found.count)",
                        "IncludesLastItemInRange": isLast ? "true" : "false",
                    ]
                ) {
                    $0.element("t:Items") { writer in
                        for entry in listed {
                            write.write(entry.occurrence, id: entry.id, to: &writer)
                        }
                    }
                }
            }
        }
    }

    private func items(_ operation: XMLNode) -> ServerAnswer {
        let write = EWSItemWriter(operation["ItemShape"], uid: uid)
        let corrupt =
            strikes(.corruptSeries)
            ? mailbox.events.first { $0.recurrence != nil }?.number : nil
        return EWSMessages.answer("GetItem") { writer in
            for node in operation["ItemIds"]?.children ?? [] {
                guard let id = node.attributes["Id"].flatMap({ EWSItemID($0) }) else {
                    EWSMessages.error("GetItem", "ErrorInvalidIdMalformed", &writer)
                    continue
                }
                if id.event == corrupt {
                    EWSMessages.error("GetItem", "ErrorRecurrenceHasNoOccurrence", &writer)
                } else if let occurrence = mailbox.occurrence(of: id) {
                    EWSMessages.success("GetItem", &writer) {
                        $0.element("m:Items") { write.write(occurrence, id: id, to: &$0) }
                    }
                } else {
                    EWSMessages.error("GetItem", "ErrorItemNotFound", &writer)
                }
            }
        }
    }

    private struct Entry {
        var id: EWSItemID
        var occurrence: Occurrence
    }

    /// Singles and occurrences, by start.
    private func entries(overlapping window: Range<Instant>) -> [Entry] {
        mailbox.items.flatMap { id, event in
            event.occurrences(overlapping: window).map { occurrence in
                var id = id
                if event.recurrence != nil { id.day = occurrence.originalDay }
                return Entry(id: id, occurrence: occurrence)
            }
        }
        .sorted {
            ($0.occurrence.instants.lowerBound, $0.id.event, $0.id.twin)
                < ($1.occurrence.instants.lowerBound, $1.id.event, $1.id.twin)
        }
    }

    /// The UID; the fault `twins` gives all series of a mailbox that of the first.
    private func uid(_ event: Event) -> String {
        let isTwin =
            event.recurrence != nil
            && simulation.faults.strike(.twins, .ews, mailbox: mailbox.address)
        let event = isTwin ? mailbox.events.first { $0.recurrence != nil } ?? event : event
        return event.uid(mailbox: mailbox.number)
    }

    func strikes(_ fault: Fault.Name) -> Bool {
        simulation.faults.strike(fault, .ews, mailbox: mailbox.address)
    }

    func error(_ operation: String, _ code: String) -> ServerAnswer {
        EWSMessages.answer(operation) { EWSMessages.error(operation, code, &$0) }
    }

    static func isCalendar(_ folder: XMLNode) -> Bool {
        ["calendar", calendarID].contains(folder.attributes["Id"])
    }

    private static let calendarID = "Y2FsZW5kYXIg"
    /// `EWSFindCountLimit` (calendar-apis.md 2.1).
    private static let findCount = 1_000
}
