import CSIP
import Synchronization

/// Runs what belongs to the SIP stack on the one thread that the stack's loop has.
///
/// It serves ``SIPClient`` as its executor, so that the compiler sees to it that nothing of the
/// stack is touched from elsewhere. The thread starts with the first client and stays.
final class SIPLoop: SerialExecutor {
    static let shared = SIPLoop()

    /// An errno where the loop could not be started.
    let failure: Int32
    private let waiting = Mutex<[UnownedJob]>([])

    private init() {
        failure = kk_sip_loop_start { SIPLoop.shared.work() }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let isFirst = waiting.withLock { jobs in
            jobs.append(job)
            return jobs.count == 1
        }
        // Whoever comes later is taken along.
        if isFirst { kk_sip_loop_wake() }
    }

    func checkIsolated() {
        precondition(kk_sip_loop_is_here(), "this belongs on the SIP loop's thread")
    }

    func isIsolatingCurrentContext() -> Bool? { kk_sip_loop_is_here() }

    private func work() {
        let jobs = waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
        for job in jobs { job.runSynchronously(on: asUnownedSerialExecutor()) }
    }
}
