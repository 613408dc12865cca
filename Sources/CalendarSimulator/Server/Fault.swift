/// A fault that is switched on: it strikes requests of one protocol, of one mailbox or all.
struct Fault: Sendable {
    enum Name: String, CaseIterable, Sendable {
        /// 401 until another token is fetched.
        case unauthorized
        /// 403, or ErrorImpersonateUserDenied.
        case forbidden
        /// 404, or ErrorNonExistentMailbox.
        case notFound = "not-found"
        case throttled
        /// 503 with Retry-After.
        case unavailable
        /// EWS: 200 with ErrorInternalServerError that holds ErrorServerBusy.
        case busyInside = "busy-inside"
        /// The sync state is lost: 410, or ErrorInvalidSyncStateData.
        case gone
        case endlessPages = "endless-pages"
        case replayedPages = "replayed-pages"
        case reorderedPages = "reordered-pages"
        /// A bookings that stands is told as removed, and comes later in the same round.
        case falseRemoved = "false-removed"
        /// A series' master comes after its occurrences, on a later page.
        case lateMaster = "late-master"
        /// A series' master is not listed.
        case missingMaster = "missing-master"
        /// The document is cut in the middle, and Content-Length fits what is sent.
        case truncated
        /// 200 without a body.
        case empty
        /// The connection is reset in the middle of the body.
        case reset
        /// Two events with one id.
        case twins
        /// The server's clock is 5 minutes ahead.
        case skew
        /// EWS: ErrorRecurrenceHasNoOccurrence.
        case corruptSeries = "corrupt-series"
        /// 500.
        case `internal`
    }

    var name: Name
    var protocolName: ProtocolName
    /// In lower case; nil strikes every mailbox.
    var mailbox: String?
    /// How often it strikes yet; nil strikes for ever.
    var times: Int?
}
