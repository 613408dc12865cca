/// What is sent back. The server adds Content-Length and Date.
struct SimulatedAnswer: Sendable {
    var status: Int
    var headers: [(name: String, value: String)]
    var body: [UInt8]
    /// After so many bytes of the body the connection is reset.
    var cutAfter: Int?

    init(
        _ status: Int = 200,
        headers: [(name: String, value: String)] = [],
        body: [UInt8] = [],
        cutAfter: Int? = nil
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.cutAfter = cutAfter
    }

    /// JSON that `body` writes.
    static func json(
        _ status: Int = 200,
        headers: [(name: String, value: String)] = [],
        _ write: (inout JSONWriter) -> Void
    ) -> SimulatedAnswer {
        var writer = JSONWriter()
        write(&writer)
        return json(status, headers: headers, written: writer)
    }

    /// JSON that was written.
    static func json(
        _ status: Int = 200,
        headers: [(name: String, value: String)] = [],
        written writer: JSONWriter
    ) -> SimulatedAnswer {
        SimulatedAnswer(
            status,
            headers: [("Content-Type", "application/json; charset=utf-8")] + headers,
            body: writer.bytes
        )
    }

    /// Plain text.
    static func text(_ status: Int, _ text: String) -> SimulatedAnswer {
        SimulatedAnswer(
            status,
            headers: [("Content-Type", "text/plain; charset=utf-8")],
            body: Array(text.utf8)
        )
    }
}
