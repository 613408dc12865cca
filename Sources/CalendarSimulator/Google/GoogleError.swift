import HTTPServing

/// What is answered where nothing can be read (calendar-apis.md 3.3).
struct GoogleError: Error {
    var status: Int
    var domain = "global"
    var reason: String
    var message: String
    /// The parameter that is to blame, where one is.
    var parameter: String?
    var headers: [(name: String, value: String)] = []

    static let authError = GoogleError(
        status: 401,
        reason: "authError",
        message: "Invalid Credentials",
        headers: [("WWW-Authenticate", #"Bearer realm="https://accounts.google.com/""#)]
    )
    static let forbidden = GoogleError(status: 403, reason: "forbidden", message: "Forbidden")
    static let notFound = GoogleError(status: 404, reason: "notFound", message: "Not Found")
    static let unavailable = GoogleError(
        status: 503,
        reason: "backendError",
        message: "Backend Error",
        headers: [("Retry-After", "1")]
    )
    static let backendError = GoogleError(
        status: 500,
        reason: "backendError",
        message: "Backend Error"
    )
    static let userRateLimitExceeded = GoogleError(
        status: 403,
        domain: "usageLimits",
        reason: "userRateLimitExceeded",
        message: "User Rate Limit Exceeded"
    )
    static func rateLimitExceeded(_ status: Int) -> GoogleError {
        GoogleError(
            status: status,
            domain: "usageLimits",
            reason: "rateLimitExceeded",
            message: "Rate Limit Exceeded"
        )
    }

    static func invalid(_ parameter: String) -> GoogleError {
        GoogleError(
            status: 400,
            reason: "invalid",
            message: "Invalid value for: \(parameter)",
            parameter: parameter
        )
    }

    static let fullSyncRequired = GoogleError(
        status: 410,
        domain: "calendar",
        reason: "fullSyncRequired",
        message: "Sync token is no longer valid, a full sync is required.",
        parameter: "syncToken"
    )

    /// A 410 in one of its spellings.
    static func gone(_ number: Int) -> GoogleError {
        [
            fullSyncRequired,
            GoogleError(
                status: 410,
                domain: "calendar",
                reason: "updatedMinTooLongAgo",
                message: "The requested minimum modification time lies too far in the past.",
                parameter: "updatedMin"
            ),
            GoogleError(status: 410, reason: "deleted", message: "Resource has been deleted"),
        ][number % 3]
    }

    var answer: ServerAnswer {
        .json(status, headers: headers) { json in
            json.object { json in
                json.member("error") { json in
                    json.object { json in
                        json.member("errors") { $0.array { json in json.object(write) } }
                        json.member("code", status)
                        json.member("message", message)
                    }
                }
            }
        }
    }

    private func write(_ json: inout JSONWriter) {
        json.member("domain", domain)
        json.member("reason", reason)
        json.member("message", message)
        if let parameter {
            json.member("locationType", "parameter")
            json.member("location", parameter)
        }
    }
}
