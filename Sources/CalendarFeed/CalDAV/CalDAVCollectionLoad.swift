import AbsenceModel
import Foundation
import Web

/// Reads one calendar: whole, or what changed.
struct CalDAVCollectionLoad: Sendable {
    var client: CalDAVClient
    var reader: ICalendarReader
    var window: Range<Date>
    var collection: CalDAVCollection
    /// The version marks of the stored resources, of this calendar alone.
    var known: [String: String]
    /// Whether a sync token brings removals too (see ``CalDAVCursor/rejectsUnknownTokens``).
    var trustsTokens: Bool

    /// Reads everything in the window.
    func whole() async throws -> CalDAVCollectionAnswer {
        let question = CalDAVQuestion.query(window, withData: true)
        let query: CalDAVClient.Reply
        do {
            query = try await client.reply("REPORT", collection.path, depth: 1, body: question)
        } catch let failure as RemoteFailure
            where failure.code == .malformed || failure.code == .tooLarge
        {
            return try await wholeInPieces()
        }
        switch query {
        case .other(500, _):
            return try await wholeInPieces()
        case .other(let status, _):
            throw CalDAVClient.failure(status, to: "REPORT")
        case .multistatus(let multistatus, let byteCount):
            var answer = CalDAVCollectionAnswer(byteCount: byteCount)
            let members = try members(of: multistatus)
            var missing: [Member] = []
            for member in members.present {
                if let data = member.data {
                    read(data, of: member, into: &answer)
                } else {
                    missing.append(member)
                }
            }
            try await fetch(missing.map(\.path), into: &answer)
            return ended(answer, coverage: [.collection(collection.name)])
        }
    }

    /// Reads everything in the window object by object, where one question for all is answered
    /// badly: often a single object is behind that.
    private func wholeInPieces() async throws -> CalDAVCollectionAnswer {
        let (members, byteCount) = try await list()
        var answer = CalDAVCollectionAnswer(byteCount: byteCount)
        try await fetch(members.map(\.path), into: &answer)
        return ended(answer, coverage: [.collection(collection.name)])
    }

    /// Reads what changed since `entry` was written.
    func changes(since entry: CalDAVCursor.Entry) async throws -> CalDAVCollectionAnswer {
        if isUnchanged(since: entry) { return CalDAVCollectionAnswer(entry: entry) }
        guard trustsTokens, let token = entry.syncToken else { return try await compared() }

        var answer = CalDAVCollectionAnswer()
        var members: [String: Member] = [:]
        var tokens = [token]
        var isCutShort = true
        while isCutShort {
            let question = CalDAVQuestion.changes(since: tokens[tokens.count - 1])
            switch try await client.reply("REPORT", collection.path, depth: 0, body: question) {
            case .other(let status, _) where CalDAVClient.saysNothing(status):
                throw CalDAVClient.failure(status, to: "REPORT")
            case .other:
                // The token is refused (403, 409, 410, 412, 500), or the question not understood.
                return try await compared(after: answer.byteCount)
            case .multistatus(let page, let byteCount):
                answer.byteCount += byteCount
                let (present, removed, hasMore) = changedMembers(of: page)
                guard let next = page.syncToken, !next.isEmpty, !(hasMore && tokens.contains(next))
                else { return try await compared(after: answer.byteCount) }
                for member in present + removed { members[member.path.name] = member }
                tokens.append(next)
                isCutShort = hasMore
            }
        }

        // Something did change, so an answer without any change, or with what did not change,
        // may be a list of members, which tells no removals.
        let isList = members.values.contains { member in
            member.entityTag.map { $0 == known[member.path.name] } ?? false
        }
        if members.isEmpty || isList { return try await compared(after: answer.byteCount) }
        let changed = members.values.sorted { $0.path.name < $1.path.name }
        try await apply(
            changed: changed.filter { !$0.isRemoved }.map(\.path),
            removed: changed.filter(\.isRemoved).map(\.path.name),
            to: &answer
        )
        return ended(answer, coverage: answer.covered, token: tokens.last)
    }

    /// Finds what changed by comparing entity tags with the stored ones.
    ///
    /// The list is that of the window, not of the whole calendar: what is stored is no more.
    private func compared(after byteCount: Int = 0) async throws -> CalDAVCollectionAnswer {
        let (members, listByteCount) = try await list()
        var answer = CalDAVCollectionAnswer(byteCount: byteCount + listByteCount)
        let names = Set(members.map(\.path.name))
        try await apply(
            changed: members.filter { $0.entityTag == nil || $0.entityTag != known[$0.path.name] }
                .map(\.path),
            removed: known.keys.filter { !names.contains($0) }.sorted(),
            to: &answer
        )
        return ended(answer, coverage: answer.covered)
    }

    private func apply(
        changed: [DAVPath],
        removed: [String],
        to answer: inout CalDAVCollectionAnswer
    ) async throws {
        try await fetch(changed, into: &answer)
        let unread = answer.unread
        answer.covered =
            (changed.map(\.name).filter { !unread.contains($0) } + removed)
            .map(Coverage.resource)
    }

    /// Whether the listing shows that nothing changed since `entry`.
    ///
    /// Where tokens are not to be trusted, change tags are not either: DAViCal's is made of the
    /// last object written alone, SOGo's counts seconds.
    private func isUnchanged(since entry: CalDAVCursor.Entry) -> Bool {
        if let token = entry.syncToken { return trustsTokens && token == collection.syncToken }
        guard collection.syncToken == nil, let tag = entry.changeTag else { return false }
        return tag == collection.changeTag && !tag.utf8.allSatisfy { 0x30...0x39 ~= $0 }
    }

    /// With the cursor's entry. Where something was not handed out, the next load compares, and
    /// so asks for it again.
    private func ended(
        _ answer: CalDAVCollectionAnswer,
        coverage: [Coverage],
        token: String? = nil
    ) -> CalDAVCollectionAnswer {
        var answer = answer
        answer.covered = coverage
        if answer.unread.isEmpty {
            answer.entry.syncToken = trustsTokens ? token ?? collection.syncToken : nil
            answer.entry.changeTag = collection.changeTag
        }
        return answer
    }
}
