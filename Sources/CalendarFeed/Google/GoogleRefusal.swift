import Web

/// An answer of Google's that is no success, by its status and the machine-readable `reason`
/// (calendar-apis.md 3.3). Its free text, which may quote what was asked, is never read.
struct GoogleRefusal: Sendable {
    var status: Int
    var reason: String?

    init(_ answer: HTTPAnswer) {
        status = answer.status
        let reason = try? JSONReader().read(answer.body) { root -> String? in
            guard var errors = root["error"]?["errors"]?.values else { return nil }
            return errors.next()?["reason"]?.string
        }
        // A word, and nothing else.
        if let reason, !reason.isEmpty, reason.utf8.count <= 64,
            reason.utf8.allSatisfy({ 0x41...0x5A ~= $0 || 0x61...0x7A ~= $0 })
        {
            self.reason = reason
        }
    }

    /// Whether more was asked than a quota gives in a minute.
    var isOfQuota: Bool {
        status == 429
            || status == 403
                && ["rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded"].contains(reason)
    }

    /// Whether the same request may succeed a little later.
    var isMomentary: Bool {
        isOfQuota || [500, 502, 503, 504].contains(status)
    }

    var failure: RemoteFailure {
        let mark = reason.map { "\(status), \($0)" } ?? "\(status)"
        switch status {
        case 401:
            return RemoteFailure(
                .refused,
                "Google refuses the access token (\(mark)): is the delegation to the service "
                    + "account still granted?"
            )
        case _ where isOfQuota:
            return RemoteFailure(
                .serverError,
                "Google was asked too often (\(mark)): the next pass tries again; where this "
                    + "lasts, ask for more quota or lower project_per_minute"
            )
        case 403 where reason == "accessNotConfigured":
            return RemoteFailure(
                .refused,
                "the Google Calendar API is off (\(mark)): enable it in the project of the "
                    + "service account"
            )
        case 403:
            return RemoteFailure(
                .refused,
                "Google lets nobody read this calendar for us (\(mark)): grant the scope "
                    + "\(GoogleSource.scope) to the service account, and share the calendar with "
                    + "the user"
            )
        case 404, 410:
            return RemoteFailure(
                .notFound,
                "Google knows no such calendar (\(mark)): correct the address, or turn the "
                    + "Calendar service on for the user"
            )
        case 500...599:
            return RemoteFailure(
                .serverError,
                "Google Calendar fails (\(mark)): the next pass tries again"
            )
        default:
            return RemoteFailure(
                .malformed,
                "Google Calendar answers with \(mark), which nobody expected: is the url in the "
                    + "settings right?"
            )
        }
    }
}
