import Foundation
import Web

/// Finds the calendars behind an address (RFC 4791 6.2.1, RFC 5397, RFC 6764).
struct CalDAVDiscovery: Sendable {
    var client: CalDAVClient

    /// The calendars of a place.
    struct Listing: Sendable {
        var collections: [CalDAVCollection] = []
        /// What kept the listing from being whole. While there is any, a calendar that is not
        /// listed is not gone.
        var failures: [String] = []
        var byteCount = 0
    }

    /// Where the calendars are.
    func place(of address: CalDAVAddress) async throws -> CalDAVPlace {
        address.isOwn
            ? try await ownPlace(from: address.path) : try await statedPlace(address.path)
    }

    /// The place of the user whom the server knows us as.
    private func ownPlace(from path: DAVPath) async throws -> CalDAVPlace {
        var failure: RemoteFailure?
        for start in [path, DAVPath(encoded: "/.well-known/caldav")] {
            do {
                guard let row = try await row(of: start) else { continue }
                if isCalendar(row) { return CalDAVPlace(paths: [start.encoded], isCalendar: true) }
                let principal = row.hrefs(.dav("current-user-principal")).first
                guard let principal, !principal.isEmpty else { continue }
                return try await home(ofPrincipal: try samePlace(principal, seenFrom: start))
            } catch let error as RemoteFailure where error.code != .refused {
                failure = failure ?? error
            }
        }
        if let failure { throw failure }
        // A server without principals: what stands directly below the address.
        return try await statedPlace(path)
    }

    private func home(ofPrincipal path: DAVPath) async throws -> CalDAVPlace {
        guard let row = try await row(of: path), let place = try home(in: row, of: path) else {
            throw RemoteFailure(
                .notFound,
                "the principal \(path.name) has no calendar home: does the user have calendars?"
            )
        }
        return place
    }

    /// The place that an address names: a principal, a home or a calendar.
    private func statedPlace(_ path: DAVPath) async throws -> CalDAVPlace {
        guard let row = try await row(of: path) else {
            throw RemoteFailure(.notFound, "\(path.name) is not told of by the server")
        }
        if isCalendar(row) { return CalDAVPlace(paths: [path.encoded], isCalendar: true) }
        let isPrincipal = row.hasResourceType(.dav("principal"))
        // Some servers tell of our own home on whatever is asked, so it counts on principals only.
        if isPrincipal, let place = try home(in: row, of: path) { return place }
        let place = CalDAVPlace(
            paths: [path.encoded],
            isCalendar: false,
            mailAddresses: isPrincipal ? mailAddresses(in: row) : []
        )
        guard try await !listing(of: place).collections.isEmpty else {
            throw RemoteFailure(.notFound, "there is no calendar below \(path.name)")
        }
        return place
    }

    private func home(in row: Multistatus.Row, of path: DAVPath) throws -> CalDAVPlace? {
        let homes = row.hrefs(.caldav("calendar-home-set")).filter { !$0.isEmpty }
        guard !homes.isEmpty else { return nil }
        return CalDAVPlace(
            paths: try homes.map { try samePlace($0, seenFrom: path).encoded },
            isCalendar: false,
            mailAddresses: mailAddresses(in: row)
        )
    }

    /// The calendars of `place`, with their tokens as they are before anything else is read.
    ///
    /// - Parameter hasChangeTags: whether calendars are known to have change tags and no sync
    ///   token. Where they turn out to have none, they are asked again.
    /// - Throws: ``RemoteFailure`` where no path of the place could be read.
    func listing(of place: CalDAVPlace, hasChangeTags: Bool = false) async throws -> Listing {
        var listing = Listing()
        var failures: [RemoteFailure] = []
        for path in place.paths.map(DAVPath.init(encoded:)) {
            do {
                try await list(path, of: place, withChangeTags: hasChangeTags, into: &listing)
            } catch let failure as RemoteFailure {
                failures.append(failure)
                listing.failures.append("\(path.name): \(failure.description)")
            }
        }
        if failures.count == place.paths.count, let failure = failures.first { throw failure }
        return listing
    }

    private func list(
        _ path: DAVPath,
        of place: CalDAVPlace,
        withChangeTags: Bool,
        into listing: inout Listing
    ) async throws {
        let answer = try await client.rows(
            "PROPFIND",
            path,
            depth: place.isCalendar ? 0 : 1,
            body: CalDAVQuestion.collections(withChangeTags: withChangeTags)
        )
        var found = Listing()
        add(answer.multistatus.rows, of: path, to: &found)
        listing.byteCount += answer.byteCount
        if !withChangeTags, found.collections.contains(where: { $0.syncToken == nil }) {
            try await list(path, of: place, withChangeTags: true, into: &listing)
        } else {
            listing.failures += found.failures
            listing.collections += found.collections.filter { one in
                !listing.collections.contains { $0.name == one.name }
            }
        }
    }

    private func add(_ rows: [Multistatus.Row], of base: DAVPath, to listing: inout Listing) {
        for row in rows where row.status != 404 && row.status != 410 {
            guard
                let path = DAVPath(href: row.href, base: base, host: client.origin.host)
            else { continue }
            let isTold = row.properties[.dav("resourcetype")] != nil
            let isAbsent = row.missing[.dav("resourcetype")] == 404
            guard row.isPresent, isTold || isAbsent else {
                let status = row.status ?? row.missing[.dav("resourcetype")] ?? 0
                listing.failures.append("\(path.name): not told of (\(status))")
                continue
            }
            guard isCalendar(row),
                !listing.collections.contains(where: { $0.name == path.collectionName })
            else { continue }
            let token = row.text(.dav("sync-token"))
            listing.collections.append(
                CalDAVCollection(
                    path: path,
                    syncToken: token,
                    changeTag: token == nil ? row.text(.calendarServer("getctag")) : nil
                )
            )
        }
    }

    /// The row about `path` itself.
    private func row(of path: DAVPath) async throws -> Multistatus.Row? {
        let rows = try await client.rows("PROPFIND", path, depth: 0, body: CalDAVQuestion.place)
            .multistatus.rows
        let row =
            rows.first { row in
                DAVPath(href: row.href, base: path, host: client.origin.host)?.collectionName
                    == path.collectionName
            } ?? (rows.count == 1 ? rows.first : nil)
        guard let row, row.isPresent else { return nil }
        return row
    }

    /// Whether the row is about a calendar that may hold events, as it does where it does not
    /// say otherwise (RFC 4791 5.2.3).
    private func isCalendar(_ row: Multistatus.Row) -> Bool {
        guard row.hasResourceType(.caldav("calendar")),
            !row.hasResourceType(.caldav("schedule-inbox")),
            !row.hasResourceType(.caldav("schedule-outbox"))
        else { return false }
        let components = row.properties[.caldav("supported-calendar-component-set")]?.elements
            .compactMap(\.nameAttribute)
        guard let components, !components.isEmpty else { return true }
        return components.contains { $0.uppercased() == "VEVENT" }
    }

    private func mailAddresses(in row: Multistatus.Row) -> [String] {
        row.hrefs(.caldav("calendar-user-address-set"))
            .map { $0.lowercased() }
            .filter { $0.hasPrefix("mailto:") }
            .compactMap { String($0.dropFirst("mailto:".count)).removingPercentEncoding }
    }

    private func samePlace(_ href: String, seenFrom base: DAVPath) throws -> DAVPath {
        guard let path = DAVPath(href: href, base: base, host: client.origin.host) else {
            throw RemoteFailure(
                .refused,
                "the server says that the calendars are on another host, which is not followed: "
                    + "write that host into the url of the settings"
            )
        }
        return path
    }
}
