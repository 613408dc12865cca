import Foundation
import Web

/// Why something was not done, by a code of Exchange's (calendar-apis.md 2.1, 2.3).
struct EWSError: Error, Sendable {
    var code = ""
    /// The `Value` elements of `MessageXml`.
    var details: [String: String] = [:]

    /// The code that counts: `ErrorInternalServerError` may hold another.
    var innermost: String {
        let inner = details["InnerErrorResponseCode"] ?? ""
        return code == "ErrorInternalServerError" && !inner.isEmpty ? inner : code
    }

    /// How long the server asks to be left alone.
    var backOff: Duration? {
        details["BackOffMilliseconds"].flatMap(Int.init).map { .milliseconds(max(0, $0)) }
    }

    /// Whether the same request may be answered in a while.
    var isPassing: Bool {
        [
            "ErrorServerBusy", "ErrorExceededConnectionCount", "ErrorTooManyObjectsOpened",
            "ErrorInternalServerTransientError", "ErrorMailboxStoreUnavailable",
        ].contains(innermost)
    }

    /// Whether the state of a synchronisation is of no use any more.
    var losesState: Bool {
        ["ErrorInvalidSyncStateData", "ErrorSyncFolderNotFound"].contains(innermost)
    }

    /// Whether every other question about the mailbox fails alike.
    var concernsMailbox: Bool {
        [
            "ErrorImpersonateUserDenied", "ErrorImpersonationDenied", "ErrorImpersonationFailed",
            "ErrorMailboxMoveInProgress", "ErrorNonExistentMailbox",
        ].contains(innermost)
    }

    /// Whether a smaller question may be answered.
    var wantsLess: Bool {
        ["ErrorTimeoutExpired", "ErrorExceededFindCountLimit", "ErrorBatchProcessingStopped"]
            .contains(innermost)
    }

    /// Whether an item that is not handed out now may be so later without having changed.
    var mayPass: Bool {
        ["ErrorItemNotFound", "ErrorInternalServerError"].contains(innermost) || wantsLess
    }
}

extension EWSError {
    /// In a sentence, with what to do. The server's own text is left out: it may quote.
    func failure(of operation: String) -> RemoteFailure {
        switch innermost {
        case "ErrorServerBusy", "ErrorTooManyObjectsOpened":
            let wait = backOff.map { " and asks to be left alone for \($0)" } ?? ""
            return RemoteFailure(
                .serverError,
                "Exchange is busy\(wait) (\(shown)): the next pass tries again"
            )
        case "ErrorExceededConnectionCount":
            return RemoteFailure(
                .serverError,
                "Exchange allows fewer connections at once (\(shown)): raise EWSMaxConcurrency in "
                    + "the throttling policy of the service account"
            )
        case "ErrorNonExistentMailbox", "ErrorMissingEmailAddress", "ErrorInvalidUserPrincipalName",
            "ErrorInvalidSmtpAddress":
            return RemoteFailure(
                .notFound,
                "Exchange has no mailbox of this address (\(shown)): correct it in the roster; a "
                    + "mailbox in the cloud is read by a calendar of kind graph"
            )
        case "ErrorImpersonateUserDenied", "ErrorImpersonationDenied", "ErrorImpersonationFailed":
            return RemoteFailure(
                .refused,
                "the service account may not act for this mailbox (\(shown)): give it the role "
                    + "ApplicationImpersonation with a scope that holds the mailbox"
            )
        case "ErrorAccessDenied", "ErrorFolderNotFound", "ErrorItemNotFound":
            return RemoteFailure(
                .refused,
                "the calendar cannot be read (\(shown)): may the service account act for the mailbox?"
            )
        case "ErrorMailboxMoveInProgress", "ErrorMailboxStoreUnavailable",
            "ErrorInternalServerTransientError":
            return RemoteFailure(
                .serverError,
                "the mailbox is being moved or its database is not mounted (\(shown)): the next "
                    + "pass tries again"
            )
        case "ErrorInvalidServerVersion", "ErrorIncorrectSchemaVersion",
            "ErrorInvalidSchemaVersionForMailboxVersion":
            return RemoteFailure(
                .refused,
                "this Exchange is older than 2013 SP1 (\(shown)), which is the oldest that is read"
            )
        default:
            return RemoteFailure(
                .serverError,
                "\(operation) was answered with \(shown): see Exchange's log"
            )
        }
    }

    /// The code where it has the form of one, so that no free text gets into a message.
    var shown: String {
        let code = innermost
        let isCode =
            (1...80).contains(code.utf8.count)
            && code.utf8.allSatisfy { 0x30...0x39 ~= $0 || 0x41...0x5A ~= $0 || 0x61...0x7A ~= $0 }
        return isCode ? code : "an unknown error"
    }
}
