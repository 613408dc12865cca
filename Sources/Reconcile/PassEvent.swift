public import AbsenceStore
public import Logging

/// Everything that a pass has to tell while it runs. A logger prints it; a test reads it.
///
/// No event holds text of a booking.
public enum PassEvent: Hashable, Sendable {
    /// `resumesFrom`: the first of the loads before this one that were cut off; what they took in
    /// is not asked again.
    case loadBegan(source: String, calendars: Int, isFull: Bool, resumesFrom: Int64?)
    case loadAdvanced(source: String, done: Int, of: Int)
    case calendarFailed(source: String, user: String, failure: String)
    case loadEnded(source: String, LoadTally, LoadTraffic)
    case readBack(ReadBackTally, isWhole: Bool)
    case readBackFailed(String)
    /// The database was restored, and what stands on the telephone side was taken over.
    case adopted(entries: Int)
    case planned(changes: Int, held: Int, users: Int)
    case refused(String, digest: String)
    case batchCarriedOut(done: Int, failed: Int)
    case exchangeFailed(String)
    /// Booking versions are missing, or wanted and lost: `watch.unbalanced`.
    case unbalanced(run: Int64)

    /// Prints it with a constant message, what varies as metadata.
    public func log(to logger: Logger) {
        switch self {
        case .loadBegan(let source, let calendars, let isFull, let resumesFrom):
            var metadata: Logger.Metadata = [
                "source": "\(source)", "calendars": "\(calendars)", "full": "\(isFull)",
            ]
            if let resumesFrom { metadata["resumes"] = "load \(resumesFrom)" }
            logger.info("load began", metadata: metadata)
        case .loadAdvanced(let source, let done, let total):
            logger.debug(
                "load advanced",
                metadata: ["source": "\(source)", "done": "\(done)", "of": "\(total)"]
            )
        case .calendarFailed(let source, let user, let failure):
            logger.warning(
                "calendar failed",
                metadata: ["source": "\(source)", "user": "\(user)", "failure": "\(failure)"]
            )
        case .loadEnded(let source, let tally, let traffic):
            logger.info(
                "load ended",
                metadata: [
                    "source": "\(source)", "calendars": "\(tally.calendars)",
                    "failed": "\(tally.failed)", "bookings": "\(tally.bookings)",
                    "added": "\(tally.added)", "changed": "\(tally.changed)",
                    "vanished": "\(tally.vanished)", "broken": "\(tally.broken)",
                    "bytes": "\(tally.bytes)", "requests": "\(traffic.requests)",
                    "retries": "\(traffic.retries)", "waits": "\(traffic.waits)",
                    "waited": "\(Double(traffic.waitedMilliseconds) / 1000) s",
                ]
            )
        case .readBack(let tally, let isWhole):
            logger.info(
                "read back",
                metadata: [
                    "entries": "\(tally.entries)", "holds": "\(tally.holds)",
                    "settled": "\(tally.settled)", "whole": "\(isWhole)",
                ]
            )
        case .readBackFailed(let failure):
            logger.error("read-back failed", metadata: ["failure": "\(failure)"])
        case .adopted(let entries):
            logger.warning(
                "the database was restored; what stands on the telephone side was taken over",
                metadata: ["entries": "\(entries)"]
            )
        case .planned(let changes, let held, let users):
            logger.info(
                "planned",
                metadata: ["changes": "\(changes)", "held": "\(held)", "users": "\(users)"]
            )
        case .refused(let refusal, let digest):
            logger.error("limits refused", metadata: ["why": "\(refusal)", "digest": "\(digest)"])
        case .batchCarriedOut(let done, let failed):
            logger.debug("batch", metadata: ["done": "\(done)", "failed": "\(failed)"])
        case .exchangeFailed(let failure):
            logger.error("exchange failed", metadata: ["failure": "\(failure)"])
        case .unbalanced(let run):
            logger.error("booking versions are unaccounted for", metadata: ["run": "\(run)"])
        }
    }
}
