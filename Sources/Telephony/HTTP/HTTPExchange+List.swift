import AbsenceModel
public import Foundation
import Web

extension HTTPExchange {
    /// How many extensions one request names, and how many pages one reading has at most.
    private static let extensionsPerRequest = 100
    private static let pageLimit = 5000

    public func list(
        extensions: [String]?,
        endingAfter instant: Date,
        _ body: ([ReadBack.Entry]) throws -> Void
    ) async throws -> Bool {
        var reading = Reading()
        let parts: [[String]?] =
            extensions.map { $0.inParts(of: Self.extensionsPerRequest) } ?? [nil]
        for part in parts {
            do {
                try await read(part, endingAfter: instant, into: &reading, body)
            } catch is NotAsDocumented {
                let failure = RemoteFailure(
                    .malformed,
                    "\(client.name) lists absences in another form than the OpenAPI document's"
                )
                try reading.end(failure)
            } catch let failure as RemoteFailure {
                try reading.end(failure)
            }
            if let failure = reading.failure {
                tell("the list is not whole: \(failure)")
                break
            }
        }
        for complaint in reading.complaints { tell("\(client.name) \(complaint)") }
        return reading.isWhole
    }

    /// Reads all pages of some extensions, or of all.
    private func read(
        _ extensions: [String]?,
        endingAfter instant: Date,
        into reading: inout Reading,
        _ body: ([ReadBack.Entry]) throws -> Void
    ) async throws {
        var query = [URLQueryItem(name: "ending_after", value: instant.formatted(.iso8601))]
        if let extensions {
            query.append(
                URLQueryItem(name: "extensions", value: extensions.joined(separator: ","))
            )
        }
        var cursors: Set<String> = []
        var cursor: String?
        repeat {
            let place = cursor.map { [URLQueryItem(name: "cursor", value: $0)] } ?? []
            let answer = try await client.read(.init(path: ["absences"], query: query + place))
            let page = try PageReader(answer)
            try body(reading.entries(of: page, extensions.map(Set.init)))
            cursor = page.next
            if let cursor, !cursors.insert(cursor).inserted || reading.pages >= Self.pageLimit {
                reading.isWhole = false
                reading.complaints.insert("never comes to the last page of its list")
                return
            }
        } while cursor != nil
    }

    /// What is known of what was read so far.
    private struct Reading {
        var isWhole = true
        var pages = 0
        /// What is odd, to be told once.
        var complaints: Set<String> = []
        /// What ended it early.
        var failure: RemoteFailure?
        private var entryKeys: Set<String> = []
        private var absenceKeys: Set<UUID> = []

        /// Those of a page that were not read before.
        mutating func entries(
            of page: PageReader,
            _ extensions: Set<String>?
        ) -> [ReadBack.Entry] {
            pages += 1
            if !page.isWhole { isWhole = false }
            if page.brokenCount > 0 {
                complain("lists absences that cannot be read, which are left out")
            }
            return page.entries.filter { entry in
                guard extensions?.contains(entry.absence.phone) ?? true else {
                    complain("lists absences of extensions that it was not asked for")
                    return false
                }
                // One that moved while the pages were read stands on two of them.
                guard entryKeys.insert(entry.entryKey).inserted else { return false }
                if let key = entry.absenceKey, !absenceKeys.insert(key).inserted {
                    complain("lists two absences with one key of ours")
                    return false
                }
                return true
            }
        }

        /// Ends it where something was read; otherwise that is the failure of all.
        mutating func end(_ failure: RemoteFailure) throws {
            guard pages > 0 else { throw failure }
            isWhole = false
            self.failure = failure
        }

        private mutating func complain(_ text: String) {
            isWhole = false
            complaints.insert(text)
        }
    }
}

extension Array {
    /// Parts of at most `count`, in order; none where there is nothing.
    fileprivate func inParts(of count: Int) -> [[Element]] {
        stride(from: 0, to: self.count, by: count).map {
            Array(self[$0..<Swift.min($0 + count, self.count)])
        }
    }
}
