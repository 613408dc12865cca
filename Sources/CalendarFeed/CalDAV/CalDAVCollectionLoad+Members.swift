import AbsenceModel
import Foundation
import Web

extension CalDAVCollectionLoad {
    /// An object of the calendar, as a row tells of it.
    struct Member: Sendable {
        var path: DAVPath
        var entityTag: String?
        var data: String?
        var isRemoved = false
    }

    /// The objects in the window, without their content.
    func list() async throws -> (members: [Member], byteCount: Int) {
        let rows = try await client.rows(
            "REPORT",
            collection.path,
            depth: 1,
            body: CalDAVQuestion.query(window, withData: false)
        )
        return (try members(of: rows.multistatus).present, rows.byteCount)
    }

    /// The rows of a whole answer.
    ///
    /// - Throws: ``RemoteFailure`` where the server says that it left something out.
    func members(
        of multistatus: Multistatus
    ) throws(RemoteFailure) -> (present: [Member], removed: [Member]) {
        let (present, removed, isCutShort) = changedMembers(of: multistatus)
        guard !isCutShort else {
            throw RemoteFailure(
                .truncated,
                "the server hands out a part of the calendar only (507): raise its limit"
            )
        }
        return (present, removed)
    }

    /// The rows about members, and whether the row of the calendar itself says that there are
    /// more (507, RFC 6578 3.6). What does not belong to the calendar is left out.
    func changedMembers(
        of multistatus: Multistatus
    ) -> (present: [Member], removed: [Member], isCutShort: Bool) {
        var present: [Member] = []
        var removed: [Member] = []
        var isCutShort = false
        for row in multistatus.rows {
            guard
                let path = DAVPath(href: row.href, base: collection.path, host: client.origin.host)
            else { continue }
            if path.collectionName == collection.name {
                isCutShort = isCutShort || row.status == 507
            } else if !collection.contains(path.name) {
                continue
            } else if row.status == 404 || row.status == 410 {
                removed.append(Member(path: path, isRemoved: true))
            } else {
                let data = row.properties[.caldav("calendar-data")]?.text
                present.append(
                    Member(
                        path: path,
                        entityTag: row.entityTag,
                        data: data.flatMap { $0.trimmingBlanks().isEmpty ? nil : $0 }
                    )
                )
            }
        }
        return (present, removed, isCutShort)
    }

    /// Fetches objects and reads them.
    ///
    /// - Throws: ``RemoteFailure`` where the server fails altogether. An object that it has and
    ///   does not hand out is ``CalDAVCollectionAnswer/unread``; one that is gone is not named.
    func fetch(_ paths: [DAVPath], into answer: inout CalDAVCollectionAnswer) async throws {
        for start in stride(from: 0, to: paths.count, by: Self.batchSize) {
            let end = min(start + Self.batchSize, paths.count)
            try await fetchBatch(Array(paths[start..<end]), into: &answer)
        }
    }

    /// Fetches one batch. Where the server chokes on it, the batch is halved, until the object
    /// that it chokes on stands alone.
    private func fetchBatch(
        _ paths: [DAVPath],
        into answer: inout CalDAVCollectionAnswer
    ) async throws {
        let question = CalDAVQuestion.multiget(paths)
        let failure: RemoteFailure
        do {
            let reply = try await client.reply("REPORT", collection.path, depth: 0, body: question)
            switch reply {
            case .multistatus(let multistatus, let byteCount):
                answer.byteCount += byteCount
                try take(multistatus, askedFor: paths, into: &answer)
                return
            case .other(500, _):
                failure = CalDAVClient.failure(500, to: "REPORT")
            case .other(let status, _):
                throw CalDAVClient.failure(status, to: "REPORT")
            }
        } catch let error as RemoteFailure where error.code == .malformed || error.code == .tooLarge
        {
            failure = error
        }
        guard paths.count > 1 else {
            if let path = paths.first { try leaveUnread(path, because: failure, in: &answer) }
            return
        }
        try await fetchBatch(Array(paths[..<(paths.count / 2)]), into: &answer)
        try await fetchBatch(Array(paths[(paths.count / 2)...]), into: &answer)
    }

    private func take(
        _ multistatus: Multistatus,
        askedFor paths: [DAVPath],
        into answer: inout CalDAVCollectionAnswer
    ) throws(RemoteFailure) {
        let (present, removed) = try members(of: multistatus)
        var open = Dictionary(paths.map { ($0.name, $0) }) { first, _ in first }
        for member in removed { open[member.path.name] = nil }
        for member in present where open[member.path.name] != nil {
            guard let data = member.data else { continue }
            read(data, of: member, into: &answer)
            open[member.path.name] = nil
        }
        let failure = RemoteFailure(.serverError, "the server does not hand out what it lists")
        for path in open.values.sorted(by: { $0.name < $1.name }) {
            try leaveUnread(path, because: failure, in: &answer)
        }
    }

    /// Reads the content of one object.
    func read(_ data: String, of member: Member, into answer: inout CalDAVCollectionAnswer) {
        let resource = member.path.name
        answer.resources[resource] = member.entityTag ?? ""
        do throws(RemoteFailure) {
            let content = try reader.read(Array(data.utf8), resource: resource)
            answer.bookings += content.bookings
            answer.broken += content.broken
        } catch {
            answer.broken.append(BrokenBooking(resource: resource, reason: error.description))
        }
    }

    /// Names an object that stands there and could not be had. Its mark differs from the
    /// server's, so that a comparison asks for it again.
    ///
    /// - Throws: `failure` where there are so many that it is the calendar that fails.
    private func leaveUnread(
        _ path: DAVPath,
        because failure: RemoteFailure,
        in answer: inout CalDAVCollectionAnswer
    ) throws(RemoteFailure) {
        guard answer.unread.count < Self.unreadLimit else { throw failure }
        answer.unread.insert(path.name)
        answer.resources[path.name] = ""
        answer.broken.append(BrokenBooking(resource: path.name, reason: failure.description))
    }

    /// How many objects are asked for at once.
    private static let batchSize = 100
    /// How many objects of a calendar may be kept back by the server.
    private static let unreadLimit = 5
}
