import HTTPServing

/// An error as RFC 9457 writes it.
struct Problem: Error {
    var status: Int
    var type: String
    var title: String
    var headers: [(name: String, value: String)] = []

    init(
        _ status: Int,
        _ type: String,
        _ title: String,
        headers: [(name: String, value: String)] = []
    ) {
        self.status = status
        self.type = type
        self.title = title
        self.headers = headers
    }

    static let unauthorized = Problem(
        401,
        "unauthorized",
        "Credentials are missing or do not hold.",
        headers: [("WWW-Authenticate", "Bearer")]
    )
    static let noBatch = Problem(404, "no-such-batch", "No batch of that key has had an effect.")

    static func badRequest(_ title: String) -> Problem { Problem(400, "bad-request", title) }

    static func throttled(after seconds: String) -> Problem {
        Problem(429, "too-fast", "Too much at once.", headers: [("Retry-After", seconds)])
    }

    static func notAllowed(_ methods: [String]) -> Problem {
        Problem(
            405,
            "method-not-allowed",
            "This address does not take that method.",
            headers: [("Allow", methods.joined(separator: ", "))]
        )
    }

    var answer: ServerAnswer {
        var writer = JSONWriter()
        writer.object {
            $0.member("type", "https://kalenderkoppling.example/problems/\(type)")
            $0.member("title", title)
            $0.member("status", status)
        }
        return ServerAnswer(
            status,
            headers: [("Content-Type", "application/problem+json")] + headers,
            body: writer.bytes
        )
    }
}
