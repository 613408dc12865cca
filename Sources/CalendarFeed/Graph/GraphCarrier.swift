import Foundation
import Web

/// Carries questions to Graph: one as a plain request, several as a batch.
struct GraphCarrier: Sendable {
    var endpoint: GraphEndpoint
    var fetcher: HTTPFetcher
    /// The header that goes with every question.
    var prefer: String

    /// What became of each question, in their order.
    @concurrent
    func outcomes(
        of questions: [GraphBatcher.Question],
        token: String
    ) async -> [GraphBatcher.Outcome] {
        do {
            if questions.count == 1, let question = questions.first {
                return [.reply(try await reply(to: question, token))]
            }
            return try await replies(to: questions, token)
        } catch {
            return questions.map { _ in .failure(named(error)) }
        }
    }

    /// Says where it happened, where that is not said yet.
    private func named(_ error: any Error) -> any Error {
        guard let failure = error as? RemoteFailure, failure.description.hasPrefix("its answer")
        else { return error }
        return RemoteFailure(failure.code, "\(endpoint.name): \(failure.description)")
    }

    private func reply(
        to question: GraphBatcher.Question,
        _ token: String
    ) async throws -> GraphReply {
        let answer = try await fetcher.send(
            HTTPRequest(
                "GET",
                endpoint.url(of: question.path),
                headers: [("Prefer", prefer), ("Accept", "application/json")],
                credentials: .bearer(token: token)
            ),
            repeating: .nothing
        )
        return try GraphReply(answer, reader: JSONReader())
    }

    private func replies(
        to questions: [GraphBatcher.Question],
        _ token: String
    ) async throws -> [GraphBatcher.Outcome] {
        let answer = try await fetcher.send(
            HTTPRequest(
                "POST",
                endpoint.url(of: "/$batch"),
                headers: [
                    ("Content-Type", "application/json"), ("Accept", "application/json"),
                ],
                body: batch(of: questions),
                credentials: .bearer(token: token)
            ),
            repeating: .nothing
        )
        let reader = JSONReader()
        guard answer.status == 200 else {
            // What the whole is told about tokens and waiting holds for each part.
            let reply = try GraphReply(answer, reader: reader)
            guard reply.isBusy || reply.status == 401 else {
                throw RemoteFailure(
                    .serverError,
                    "\(endpoint.name) answers a batch with status \(reply.status) \(reply.code)"
                )
            }
            return questions.map { _ in .reply(reply) }
        }
        return try reader.read(answer.body) { root in
            var outcomes = questions.map { _ in
                GraphBatcher.Outcome.failure(
                    RemoteFailure(.malformed, "\(endpoint.name) left a part of a batch unanswered")
                )
            }
            let byteCount = answer.body.count / questions.count
            for part in root["responses"]?.values.map(Array.init) ?? [] {
                guard let id = part["id"]?.string.flatMap(Int.init), outcomes.indices.contains(id)
                else { continue }
                do {
                    let reply = try GraphReply(part: part, byteCount: byteCount, of: answer)
                    outcomes[id] = .reply(reply)
                } catch {
                    outcomes[id] = .failure(named(error))
                }
            }
            return outcomes
        }
    }

    /// The body of a batch (calendar-apis.md 1.4); the identifiers are indices.
    private func batch(of questions: [GraphBatcher.Question]) -> [UInt8] {
        let headers = [UInt8](#","headers":{"Prefer":"#.utf8) + Self.quoted(prefer) + "}}".utf8
        var text = [UInt8](#"{"requests":["#.utf8)
        for (index, question) in questions.enumerated() {
            if index > 0 { text.append(UInt8(ascii: ",")) }
            text += #"{"id":"\#(index)","method":"GET","url":"#.utf8
            text += Self.quoted(question.path)
            text += headers
        }
        return text + "]}".utf8
    }

    private static let digits = Array("0123456789abcdef".utf8)

    private static func quoted(_ text: String) -> [UInt8] {
        var quoted = [UInt8(ascii: "\"")]
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): quoted += [UInt8(ascii: "\\"), byte]
            case ..<0x20:
                quoted += #"\u00"#.utf8
                quoted += [Self.digits[Int(byte >> 4)], Self.digits[Int(byte & 15)]]
            default: quoted.append(byte)
            }
        }
        quoted.append(UInt8(ascii: "\""))
        return quoted
    }
}
