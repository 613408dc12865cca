import Web

/// What Graph answered to one question, alone or as a part of a batch.
struct GraphReply: Sendable {
    var status: Int
    /// The word of `error.code`, empty where there is none; never the message, which may quote.
    var code = ""
    /// Read where the status is 200.
    var page = GraphPage()
    /// Bytes of the body; the parts of a batch share its bytes evenly.
    var byteCount = 0
    /// The answer's headers without its body: they tell how long to wait.
    var hints: HTTPAnswer

    var isSuccess: Bool { status == 200 }

    /// The event is not in the mailbox. Any other 404 is about the mailbox or the calendar.
    var saysEventIsGone: Bool {
        status == 404 && ["erroritemnotfound", "itemnotfound"].contains(code.lowercased())
    }

    /// The round that a link belongs to is lost, in any of its spellings (calendar-apis.md 1.1).
    var saysStateIsLost: Bool {
        if status == 410 { return true }
        let code = code.lowercased()
        return (status == 400 || status == 404)
            && ["syncstate", "resync", "deltatoken", "skiptoken"].contains { code.contains($0) }
    }

    /// The server wants to be asked later (calendar-apis.md 1.4).
    var isBusy: Bool { [429, 503, 504].contains(status) }
}

extension GraphReply {
    /// Reads what answers one question alone.
    init(_ answer: HTTPAnswer, reader: JSONReader) throws {
        self.init(status: answer.status, byteCount: answer.body.count, hints: answer)
        hints.body = []
        if isSuccess {
            page = try reader.read(answer.body) { try GraphPage($0) }
        } else {
            code = (try? reader.read(answer.body) { Self.code($0) }) ?? ""
        }
    }

    /// Reads a part of a batch.
    init(part: JSONElement, byteCount: Int, of batch: HTTPAnswer) throws(RemoteFailure) {
        guard let status = part["status"]?.int else {
            throw RemoteFailure(.malformed, "a part of a batch came without a status")
        }
        var hints = HTTPAnswer(status: status, url: batch.url)
        if let date = batch.header("Date") { hints.headers.append(("Date", date)) }
        let wait = part["headers"]?["Retry-After"] ?? part["headers"]?["retry-after"]
        if let wait = wait?.string ?? wait?.double.map({ "\($0)" }) {
            hints.headers.append(("Retry-After", wait))
        }
        self.init(status: status, byteCount: byteCount, hints: hints)
        if isSuccess {
            guard let body = part["body"], body.isObject else {
                throw RemoteFailure(.malformed, "its answer is empty")
            }
            page = try GraphPage(body)
        } else {
            code = part["body"].map(Self.code) ?? ""
        }
    }

    /// A code is one word; anything else may be text.
    private static func code(_ root: JSONElement) -> String {
        let code = root["error"]?["code"]?.string ?? ""
        let isWord =
            code.utf8.count <= 64
            && code.unicodeScalars.allSatisfy {
                $0.isASCII
                    && ($0.properties.isAlphabetic || $0.properties.numericType != nil
                        || $0 == "_" || $0 == ".")
            }
        return isWord ? code : ""
    }
}
