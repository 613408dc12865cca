import HTTPServing

extension EWSCalendar {
    /// `SyncFolderItems`: singles and masters as they are, or what changed since a state.
    func changes(_ operation: XMLNode) -> ServerAnswer {
        guard let folder = operation["SyncFolderId"]?.children.first, Self.isCalendar(folder) else {
            return error("SyncFolderItems", "ErrorSyncFolderNotFound")
        }
        guard let most = operation["MaxChangesReturned"].flatMap({ Int($0.text) }),
            1...Self.mostChanges ~= most
        else {
            simulation.counts.addBreach("ews_changes")
            return EWSMessages.fault("ErrorSchemaValidation")
        }
        var known: EWSSyncState?
        if let text = operation["SyncState"]?.text, !text.isEmpty {
            known = EWSSyncState(text, mailbox: mailbox.number)
            if known == nil || strikes(.gone) {
                return error("SyncFolderItems", "ErrorInvalidSyncStateData")
            }
        }
        var page = page(since: known, most: most)
        if strikes(.endlessPages) { page.isLast = false }
        if strikes(.replayedPages) { page.changes += page.changes }
        if strikes(.reorderedPages) { page.changes.reverse() }
        if strikes(.falseRemoved), let first = mailbox.items.first {
            page.changes.append(Change(kind: "Delete", id: first.id))
        }
        page.state.page += 1
        let write = EWSItemWriter(operation["ItemShape"]) { $0.uid(mailbox: mailbox.number) }
        return EWSMessages.answer("SyncFolderItems") {
            EWSMessages.success("SyncFolderItems", &$0) {
                $0.element("m:SyncState", page.state.text)
                $0.element("m:IncludesLastItemInRange", page.isLast ? "true" : "false")
                $0.element("m:Changes") { writer in
                    for change in page.changes {
                        writer.element("t:\(change.kind)") {
                            if let event = change.event {
                                write.write(Occurrence(event), id: change.id, to: &$0)
                            } else {
                                $0.element("t:ItemId", ["Id": change.id.text, "ChangeKey": "AQ=="])
                            }
                        }
                    }
                }
            }
        }
    }

    private struct Change {
        /// Create, Update or Delete.
        var kind: String
        var id: EWSItemID
        var event: Event?
    }

    private struct Page {
        var changes: [Change]
        var state: EWSSyncState
        var isLast: Bool
    }

    private func page(since known: EWSSyncState?, most: Int) -> Page {
        let state =
            known
            ?? EWSSyncState(
                mailbox: mailbox.number,
                revision: simulation.organisation.revision,
                newest: mailbox.events.last?.number ?? 0
            )
        return known == nil || known?.listedTo != nil
            ? listing(from: state, most: most) : changes(since: state, most: most)
    }

    /// The first listing, from the newest to the oldest.
    private func listing(from state: EWSSyncState, most: Int) -> Page {
        var state = state
        let rest = mailbox.items
            .map { item in
                let position = EWSSyncState.Position(
                    revision: item.event.revision,
                    number: item.event.number,
                    twin: item.id.twin
                )
                return (position: position, item: item)
            }
            .filter { entry in
                entry.position.revision <= state.revision
                    && (state.listedTo.map { entry.position < $0 } ?? true)
            }
            .sorted { $0.position > $1.position }
        let listed = rest.prefix(most)
        let isLast = rest.count <= most
        state.listedTo = isLast ? nil : listed.last?.position
        return Page(
            changes: listed.map { Change(kind: "Create", id: $0.item.id, event: $0.item.event) },
            state: state,
            isLast: isLast
        )
    }

    /// What happened since, in the order in which it happened.
    private func changes(since state: EWSSyncState, most: Int) -> Page {
        let changed = mailbox.items.filter { $0.event.revision > state.revision }.map { item in
            let isNew = item.event.number > state.newest
            return (
                revision: item.event.revision,
                change: Change(kind: isNew ? "Create" : "Update", id: item.id, event: item.event)
            )
        }
        let deleted = mailbox.deleted.filter { $0.revision > state.revision }.map { gone in
            let id = EWSItemID(mailbox: mailbox.number, event: gone.number)
            return (revision: gone.revision, change: Change(kind: "Delete", id: id))
        }
        let all = (changed + deleted).sorted { $0.revision < $1.revision }
        let told = all.prefix(most)
        var state = state
        state.revision = told.last?.revision ?? state.revision
        state.newest = max(state.newest, mailbox.events.last?.number ?? 0)
        return Page(changes: told.map(\.change), state: state, isLast: all.count <= most)
    }

    /// The most that `SyncFolderItems` returns (calendar-apis.md 2.1).
    private static let mostChanges = 512
}
