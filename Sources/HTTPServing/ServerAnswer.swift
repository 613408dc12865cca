/// What is sent back. The server adds Content-Length and Date.
package struct ServerAnswer: Sendable {
    package var status: Int
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]
    /// After so many bytes of the body the connection is reset.
    package var cutAfter: Int?
    /// Nothing is sent, and the connection is reset.
    package var isLost = false

    package init(
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
    package static func json(
        _ status: Int = 200,
        headers: [(name: String, value: String)] = [],
        _ write: (inout JSONWriter) -> Void
    ) -> ServerAnswer {
        var writer = JSONWriter()
        write(&writer)
        return json(status, headers: headers, written: writer)
    }

    /// JSON that was written.
    package static func json(
        _ status: Int = 200,
        headers: [(name: String, value: String)] = [],
        written writer: JSONWriter
    ) -> ServerAnswer {
        ServerAnswer(
            status,
            headers: [("Content-Type", "application/json; charset=utf-8")] + headers,
            body: writer.bytes
        )
    }

    /// Plain text.
    package static func text(_ status: Int, _ text: String) -> ServerAnswer {
        ServerAnswer(
            status,
            headers: [("Content-Type", "text/plain; charset=utf-8")],
            body: Array(text.utf8)
        )
    }
}
