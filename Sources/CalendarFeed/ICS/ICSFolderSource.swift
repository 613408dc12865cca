import AbsenceModel
public import Foundation
import Web

/// Calendars as .ics files: a folder of them for a user, or one file.
///
/// ``LoadRequest/address`` is a path below a root folder. Each file is a resource, by its
/// name. Dot files and other suffixes are passed over, so that a file may be written under
/// another name and moved into place; one that is met half written is told as broken, and
/// what is stored of it stays.
///
/// An incremental load reads every file, but tells only of those that have changed.
public struct ICSFolderSource: BookingSource {
    private let root: URL

    /// - Parameter root: The folder that every address is relative to and stays within.
    public init(root: URL) {
        self.root = root
    }

    /// - Throws: ``RemoteFailure`` `.notFound` or `.refused`; for the address of one file also
    ///   what is wrong with that file.
    public func load(_ request: LoadRequest) async throws -> LoadAnswer {
        let files = try ICSFiles(address: request.address, root: root)
        let reader = ICalendarReader(
            timeZone: request.timeZone,
            mailAddresses: request.mailAddresses,
            window: request.window
        )
        let cursor = request.cursor.flatMap(ICSFolderCursor.init)
        let known = cursor == nil ? [:] : request.knownResources
        var readings: [String: ICSReading] = [:]
        var unchanged: [String] = []
        for name in files.names {
            let reading = ICSReading(name, of: files, with: reader, unless: known[name])
            if reading.isUnchanged { unchanged.append(name) }
            readings[name] = reading
        }
        if files.isSingle, let failure = readings.values.first?.failure { throw failure }

        guard let cursor else { return fullAnswer(files.names, readings) }
        let removed = Set(known.keys).subtracting(files.names)
        let hasNews = !removed.isEmpty || readings.values.contains(where: \.isNews)
        if hasNews {
            // Two files that tell of one booking are no business of either alone.
            for name in unchanged {
                readings[name] = ICSReading(name, of: files, with: reader, unless: nil)
            }
        }
        let full = fullAnswer(files.names, readings)
        let isDistinct = cursor == .distinct && full.cursor == ICSFolderCursor.distinct.rawValue
        guard hasNews, !isDistinct else {
            return changedPart(
                of: full,
                without: Set(unchanged),
                removed: removed,
                readings: readings,
                cursor: cursor
            )
        }
        return full
    }

    private func fullAnswer(_ names: [String], _ readings: [String: ICSReading]) -> LoadAnswer {
        var answer = LoadAnswer()
        answer.coverage = [.everything]
        var files: [String: String] = [:]
        var cursor = ICSFolderCursor.distinct
        for name in names {
            guard let reading = readings[name] else { continue }
            answer.byteCount += reading.byteCount
            // A file that was not read is named all the same: it is not gone.
            answer.resources[name] = reading.mark
            answer.broken += reading.broken
            for booking in reading.bookings {
                guard let other = files.updateValue(name, forKey: booking.key) else {
                    answer.bookings.append(booking)
                    continue
                }
                files[booking.key] = other
                cursor = .overlapping
                answer.broken.append(
                    BrokenBooking(
                        resource: name,
                        key: booking.key,
                        reason: "the same booking stands in \(other) and was taken from there",
                        isDegraded: true
                    )
                )
            }
        }
        answer.cursor = cursor.rawValue
        return answer
    }

    private func changedPart(
        of full: LoadAnswer,
        without unchanged: Set<String>,
        removed: Set<String>,
        readings: [String: ICSReading],
        cursor: ICSFolderCursor
    ) -> LoadAnswer {
        var answer = full
        answer.bookings.removeAll { unchanged.contains($0.resource) }
        answer.broken.removeAll { unchanged.contains($0.resource) }
        answer.resources = full.resources.filter { !unchanged.contains($0.key) }
        let read = answer.resources.keys.filter { readings[$0]?.failure == nil }
        answer.coverage = (read + removed).sorted().map { .resource($0) }
        answer.cursor = cursor.rawValue
        return answer
    }
}

/// Where an incremental load of a folder goes on.
enum ICSFolderCursor: String {
    /// No two files told of the same booking.
    case distinct
    /// Some did: which of them is believed depends on all, so a change is told by a full load.
    case overlapping
}
