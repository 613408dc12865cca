import Foundation
import Web

/// One load of one calendar.
struct GoogleLoad: Sendable {
    var client: GoogleClient
    var question: GoogleQuestion
    var address: GoogleAddress
    /// The address as the cursor keeps it.
    var name: String
    var reader: GoogleEventReader
    var now: Date

    /// The server has lost its place: a sync token, or a page of a round, holds no longer.
    struct LostPlace: Error {
        var refusal: GoogleRefusal
    }

    /// Asks for everything within the window.
    func whole() async throws -> LoadAnswer {
        // A day wider on both sides: Google takes whole days in the calendar's zone for it.
        let day = 86_400.0
        let window =
            reader.window.lowerBound.addingTimeInterval(
                -day
            )..<reader.window.upperBound
            .addingTimeInterval(day)
        let round = try await round(lostBy: [410]) { page in
            question.whole(window, of: address.calendar, page: page)
        }
        var answer = round.answer(isWhole: true)
        if round.isAllNamed, let token = round.syncToken {
            answer.cursor =
                GoogleCursor(
                    address: name,
                    window: reader.window,
                    parameters: question.parameters,
                    syncToken: token
                ).text
        }
        return answer
    }

    /// Asks for what changed since `cursor`.
    func changes(since cursor: GoogleCursor) async throws -> LoadAnswer {
        // What Google does not take with a token (400) it may take without.
        var round = try await round(lostBy: [400, 410]) { page in
            question.changes(since: cursor.syncToken, of: address.calendar, page: page)
        }
        if reader.window.upperBound > now.addingTimeInterval(Self.toldOfDeletedSeries) {
            for series in round.doubtfulSeries {
                if try await isDeleted(series) { round.delete(series: series) }
            }
        }
        var answer = round.answer(isWhole: false)
        answer.cursor =
            round.isAllNamed ? round.syncToken.flatMap { cursor.moved(to: $0).text } : cursor.text
        return answer
    }

    /// Reads page after page. Pages may be short or empty.
    private func round(
        lostBy statuses: Set<Int>,
        _ url: (_ page: String?) -> URL?
    ) async throws -> GoogleRound {
        var round = GoogleRound()
        let json = JSONReader()
        var page: String?
        var seen: Set<String> = []
        repeat {
            guard let url = url(page) else {
                throw RemoteFailure(.notFound, "the address cannot be asked for: correct it")
            }
            let answer = try await client.answer(url, as: address.user)
            guard answer.status == 200 else {
                let refusal = GoogleRefusal(answer)
                if statuses.contains(answer.status) { throw LostPlace(refusal: refusal) }
                throw refusal.failure
            }
            round.byteCount += answer.body.count
            do {
                page = try json.read(answer.body) { try round.take($0, reader: reader) }
            } catch let failure as RemoteFailure {
                throw RemoteFailure(failure.code, "Google Calendar: \(failure.description)")
            }
            if let page, !seen.insert(page).inserted || seen.count > Self.pageLimit {
                throw RemoteFailure(
                    .malformed,
                    "Google's list of events does not end: the next pass tries again"
                )
            }
        } while page != nil
        return round
    }

    /// Whether a series is deleted, which a list with single events never says.
    private func isDeleted(_ series: String) async throws -> Bool {
        guard let url = question.event(series, of: address.calendar) else { return false }
        let answer = try await client.answer(url, as: address.user)
        switch answer.status {
        case 200:
            return try JSONReader().read(answer.body) { $0["status"]?.reads("cancelled") == true }
        case 404, 410:
            return true
        default:
            throw GoogleRefusal(answer).failure
        }
    }

    /// The pages of the longest list: 10,000 events are four, where none is short.
    private static let pageLimit = 200
    /// How far ahead Google is sure to tell the deleted instances of a deleted series.
    private static let toldOfDeletedSeries = 150 * 86_400.0
}
