import HTTPServing

/// Errors as Graph writes them.
enum GraphError {
    /// - Parameter retryAfter: Seconds, as they stand in the header.
    static func answer(
        _ status: Int,
        _ code: String,
        _ message: String,
        headers: [(name: String, value: String)] = [],
        retryAfter: String? = nil
    ) -> ServerAnswer {
        let wait = retryAfter.map { [(name: "Retry-After", value: $0)] } ?? []
        return .json(status, headers: headers + wait) {
            $0.object {
                $0.member("error") {
                    $0.object {
                        $0.member("code", code)
                        $0.member("message", message)
                        $0.member("innerError") {
                            $0.object {
                                $0.member("date", "2026-11-23T08:00:00")
                                $0.member("request-id", "00000000-0000-4000-8000-000000000000")
                                $0.member(
                                    "client-request-id",
                                    "00000000-0000-4000-8000-000000000000"
                                )
                            }
                        }
                    }
                }
            }
        }
    }

    static let badToken = answer(
        401,
        "InvalidAuthenticationToken",
        "Access token has expired or is not yet valid.",
        headers: [("WWW-Authenticate", "Bearer realm=\"\", error=\"invalid_token\"")]
    )

    /// The sample in Graph's documents has a fraction too (calendar-apis.md 1.4).
    static let fractionalWait = "0.128"

    static func throttled(_ message: String) -> ServerAnswer {
        answer(429, "ApplicationThrottled", message, retryAfter: fractionalWait)
    }

    static let unavailable = answer(
        503,
        "serviceNotAvailable",
        "The service is temporarily unavailable.",
        retryAfter: "1"
    )

    static let accessDenied = answer(
        403,
        "ErrorAccessDenied",
        "Access is denied. Check credentials and try again."
    )

    static let policyDenied = answer(403, "ErrorAccessDenied", "Access to OData is disabled.")

    static func noSuchUser(_ name: String) -> ServerAnswer {
        answer(404, "ErrorInvalidUser", "The requested user '\(name)' is invalid.")
    }

    static let noSuchItem = answer(
        404,
        "ErrorItemNotFound",
        "The specified object was not found in the store."
    )

    static func badRequest(_ code: String, _ message: String) -> ServerAnswer {
        answer(400, code, message)
    }

    static let notSupported = answer(
        400,
        "BadRequest",
        "Resource not found for the segment, or not known to the simulator."
    )

    static let internalError = answer(
        500,
        "ErrorInternalServerError",
        "An internal server error occurred. The operation failed."
    )

    /// The spellings of a lost sync state, in turn (calendar-apis.md 1.1).
    static func gone(_ number: Int, emptyToken: String) -> ServerAnswer {
        switch number % 3 {
        case 0:
            answer(
                410,
                "SyncStateNotFound",
                "The sync state generation is not found; generation='1'; invalid sync state."
            )
        case 1:
            answer(
                410,
                "resyncRequired",
                "Resync required.",
                headers: [("Location", emptyToken)]
            )
        default:
            answer(410, "syncStateNotFound", "The sync state was not found.")
        }
    }
}
