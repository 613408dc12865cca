import AbsenceModel
import Foundation
import Web

/// Reads one mailbox: whole, or nothing where nothing changed.
struct EWSMailboxLoad {
    let client: EWSClient
    let request: LoadRequest
    /// The server and the mailbox, for the cursor.
    let start: String
    let choice: EWSExtendedField?
    let choiceProperty: String?
    private var byteCount = 0

    init(
        client: EWSClient,
        request: LoadRequest,
        start: String,
        choice: EWSExtendedField?,
        choiceProperty: String?
    ) {
        self.client = client
        self.request = request
        self.start = start
        self.choice = choice
        self.choiceProperty = choiceProperty
    }

    mutating func run() async throws -> LoadAnswer {
        let reading = EWSCursor.Reading(
            request.window,
            choiceProperty: choiceProperty,
            timeZone: request.timeZone
        )
        let cursor = request.cursor.flatMap { EWSCursor($0, start: start) }
        // The state comes first: what changes while the window is read is told the next time.
        var changes: Changes?
        if let cursor {
            changes = try await self.changes(since: cursor.syncState)
        }
        if let changes, changes.count == 0, let known = cursor?.reading, known.reaches(reading) {
            var answer = LoadAnswer()
            answer.byteCount = byteCount
            answer.cursor =
                EWSCursor(start: start, syncState: changes.state, reading: known).text
            return answer
        }
        if changes == nil { changes = try await self.changes(since: nil) }
        guard let state = changes?.state else {
            throw RemoteFailure(
                .serverError,
                "Exchange refuses to tell the calendar's state (SyncFolderItems): does the mailbox "
                    + "have a calendar?"
            )
        }
        return try await whole(state: state, reading: reading)
    }

    private struct Changes {
        var state: String
        var count = 0
    }

    /// What changed since `state`, or nil where the server does not know that state any more.
    private mutating func changes(since state: String?) async throws -> Changes? {
        var changes = Changes(state: state ?? "")
        for _ in 0..<EWSLimits.pages {
            let question = EWSQuestion.changes(
                since: changes.state.isEmpty ? nil : changes.state
            )
            let message: EWSMessage
            do {
                message = try await answer(to: question)
            } catch let error as EWSError where error.losesState {
                return nil
            } catch let error as EWSError {
                throw error.failure(of: question.operation)
            }
            guard !message.syncState.isEmpty, let isLast = message.includesLastItem else {
                throw RemoteFailure(.malformed, "SyncFolderItems was answered without a state")
            }
            guard isLast || message.syncState != changes.state else { break }
            changes.count += message.changeCount
            changes.state = message.syncState
            if isLast { return changes }
        }
        throw RemoteFailure(
            .malformed,
            "SyncFolderItems came to no end: see Exchange's log, and whether the mailbox is damaged"
        )
    }

    /// Reads the window.
    private mutating func whole(
        state: String,
        reading: EWSCursor.Reading
    ) async throws -> LoadAnswer {
        var gathering = EWSGathering(
            reader: EWSBookingReader(timeZone: request.timeZone, window: request.window)
        )
        let listed = try await list()
        for start in stride(from: 0, to: listed.count, by: EWSLimits.items) {
            let batch = listed[start..<min(start + EWSLimits.items, listed.count)]
            try await fetch(Array(batch), into: &gathering)
        }
        var answer = gathering.answer()
        answer.byteCount = byteCount
        answer.cursor =
            EWSCursor(
                start: start,
                syncState: state,
                reading: gathering.isToBeRepeated ? nil : reading
            ).text
        return answer
    }

    /// Everything in the window, by id, and in the day before and after it: whole days of another
    /// zone stand at other instants than those of the user's. The reader keeps to the window.
    private mutating func list() async throws -> [EWSItem] {
        var parts = Self.parts(
            request.window.lowerBound - 86_400..<request.window.upperBound + 86_400
        )
        var listed: [EWSItem] = []
        var known: Set<String> = []
        var requestsLeft = EWSLimits.pages
        while let part = parts.popLast() {
            requestsLeft -= 1
            let length = part.upperBound.timeIntervalSince(part.lowerBound)
            guard requestsLeft >= 0, length >= EWSLimits.shortestView,
                listed.count <= ICalendarLimits.occurrences
            else {
                throw RemoteFailure(
                    .tooLarge,
                    "the calendar holds more bookings than can be listed (FindItem)"
                )
            }
            if let page = try await items(in: part) {
                listed += page.filter { known.insert($0.id).inserted }
            } else {
                let middle = part.lowerBound + (length / 2).rounded(.down)
                parts += [middle..<part.upperBound, part.lowerBound..<middle]
            }
        }
        return listed
    }

    /// The items of a part of the window, or nil where there are too many for one answer.
    private mutating func items(in part: Range<Date>) async throws -> [EWSItem]? {
        let question = EWSQuestion.list(part)
        do {
            let message = try await answer(to: question)
            guard let isLast = message.includesLastItem else {
                throw RemoteFailure(.malformed, "FindItem was answered without an end")
            }
            guard message.items.allSatisfy({ !$0.id.isEmpty }) else {
                throw RemoteFailure(.malformed, "FindItem listed an item without an id")
            }
            return isLast ? message.items : nil
        } catch let error as EWSError where error.wantsLess {
            return nil
        } catch let error as EWSError {
            throw error.failure(of: question.operation)
        }
    }

    /// Fetches a batch. What the server cannot do in time is asked for in halves.
    private mutating func fetch(
        _ listed: [EWSItem],
        into gathering: inout EWSGathering
    ) async throws {
        let question = EWSQuestion.items(listed.map(\.id), choice: choice)
        var unread: [EWSItem] = []
        do {
            let reply = try await client.ask(question, as: request.address)
            byteCount += reply.byteCount
            for (entry, message) in zip(listed, reply.messages) {
                if message.isSuccess {
                    gathering.take(message.items.first, listed: entry)
                } else if message.error.concernsMailbox {
                    throw message.error
                } else if message.error.wantsLess, listed.count > 1 {
                    unread.append(entry)
                } else {
                    gathering.take(message.error, listed: entry)
                }
            }
        } catch let error as EWSError where error.wantsLess && listed.count > 1 {
            unread = listed
        } catch let error as EWSError {
            throw error.failure(of: question.operation)
        }
        // Where all of a batch is left, one half of it may be what keeps the other.
        let half = max(1, listed.count / 2)
        for start in stride(from: 0, to: unread.count, by: half) {
            try await fetch(
                Array(unread[start..<min(start + half, unread.count)]),
                into: &gathering
            )
        }
    }

    /// The one message of an answer.
    private mutating func answer(to question: EWSQuestion) async throws -> EWSMessage {
        let reply = try await client.ask(question, as: request.address)
        byteCount += reply.byteCount
        guard let message = reply.messages.first else {
            throw RemoteFailure(.malformed, "\(question.operation) was answered with nothing")
        }
        guard message.isSuccess else { throw message.error }
        return message
    }

    /// `window` in parts that a view may span, the first one last.
    private static func parts(_ window: Range<Date>) -> [Range<Date>] {
        var parts: [Range<Date>] = []
        var start = window.lowerBound
        while start < window.upperBound {
            let end = min(start + EWSLimits.view, window.upperBound)
            parts.append(start..<end)
            start = end
        }
        return parts.reversed()
    }
}
