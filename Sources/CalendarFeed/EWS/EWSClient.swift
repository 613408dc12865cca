import Foundation
import Web

/// Asks one Exchange server, and asks again where it says that it is busy.
final class EWSClient: Sendable {
    private let endpoint: URL
    private let transport: any EWSTransport
    private let retry: HTTPRetry
    private let counts: TrafficCounts
    private let budget: Budget
    private let door: EWSDoor

    /// - Parameter showsPassword: whether an account may be locked by what is asked.
    init(
        endpoint: URL,
        transport: any EWSTransport,
        showsPassword: Bool,
        retry: HTTPRetry,
        counts: TrafficCounts
    ) {
        self.endpoint = endpoint
        self.transport = transport
        self.retry = retry
        self.counts = counts
        budget = Budget(concurrent: EWSLimits.concurrency, counts: counts)
        door = EWSDoor(showsPassword: showsPassword, counts: counts)
    }

    /// What came back for a question: as many messages as belong to it.
    struct Reply: Sendable {
        var messages: [EWSMessage]
        var byteCount: Int
    }

    /// - Throws: ``EWSError`` for what the server says of the question as a whole;
    ///   ``RemoteFailure`` where it cannot be asked or does not answer in its protocol.
    func ask(_ question: EWSQuestion, as mailbox: String) async throws -> Reply {
        var request = HTTPRequest(
            "POST",
            endpoint,
            headers: [
                ("Content-Type", "text/xml; charset=utf-8"), ("Accept", "text/xml"),
                ("X-AnchorMailbox", mailbox),
            ],
            body: Array(question.envelope(mailbox: mailbox).utf8)
        )
        request.isReadOnly = true
        var attempt = 1
        while true {
            let answer = try await send(request)
            let reply = try Self.reply(answer, to: question)
            let errors = reply.messages.map(\.error) + [reply.fault].compactMap { $0 }
            guard let error = errors.first(where: \.isPassing) else {
                if let fault = reply.fault { throw fault }
                return Reply(messages: reply.messages, byteCount: answer.body.count)
            }
            guard let wait = retry.wait(after: attempt, asked: error.backOff) else { throw error }
            if error.innermost == "ErrorExceededConnectionCount" {
                await budget.pause(for: wait)
            }
            counts.countWait(wait, isRetry: true)
            try await Task.sleep(for: wait)
            attempt += 1
        }
    }

    func close() async {
        await transport.close()
    }

    /// Sends when its turn has come, unless the account was refused.
    private func send(_ request: HTTPRequest) async throws -> HTTPAnswer {
        let (budget, transport) = (budget, transport)
        let answer = try await door.pass {
            try await budget.run { () -> HTTPAnswer? in
                guard self.door.isToBeTried else { return nil }
                let answer = try await transport.send(request)
                self.door.take(answer.status)
                return answer
            }
        }
        guard let answer else { throw Self.failure(401) }
        return answer
    }

    private static func reply(
        _ answer: HTTPAnswer,
        to question: EWSQuestion
    ) throws(RemoteFailure) -> EWSAnswer {
        // Faults come with 500, of a proxy as well as of Exchange.
        guard answer.status == 200 || answer.status == 500 else { throw failure(answer.status) }
        let reply: EWSAnswer
        do {
            reply = try EWSAnswerParser.parse(answer.body)
        } catch {
            throw answer.status == 200 ? error : failure(answer.status)
        }
        if reply.fault != nil { return reply }
        guard answer.status == 200, reply.name == "\(question.operation)Response",
            reply.messages.count == question.messageCount
        else {
            throw RemoteFailure(
                .malformed,
                "\(question.operation) was answered with \(reply.messages.count) of "
                    + "\(question.messageCount) parts"
            )
        }
        return reply
    }

    /// What another status than 200 and 500 means.
    private static func failure(_ status: Int) -> RemoteFailure {
        switch status {
        case 401:
            RemoteFailure(
                .refused,
                "Exchange does not let the service account in (401): check user and password, that "
                    + "the account is not locked, and that auth names what the EWS directory allows"
            )
        case 403:
            RemoteFailure(
                .refused,
                "Exchange Web Services are closed to the service account (403): see "
                    + "Get-CASMailbox and Get-OrganizationConfig, EwsEnabled"
            )
        case 404, 410:
            RemoteFailure(
                .notFound,
                "no Exchange Web Services at the url (\(status)): it ends in /EWS/Exchange.asmx"
            )
        case 429, 503:
            RemoteFailure(
                .serverError,
                "Exchange is busy or being served (\(status)): the next pass tries again"
            )
        case 300..<400:
            RemoteFailure(
                .refused,
                "Exchange answered with a redirect (\(status)): it is the url of a web page, not of "
                    + "/EWS/Exchange.asmx"
            )
        default:
            RemoteFailure(.serverError, "Exchange answered with \(status): see the log of IIS")
        }
    }
}
