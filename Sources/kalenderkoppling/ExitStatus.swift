import ArgumentParser
import Reconcile

/// How bad a command's end is: the worst of several counts.
enum ExitStatus: Int32, Comparable {
    case done = 0
    case skipped = 75
    case partial = 2
    case refused = 3
    case failed = 1

    static func < (left: ExitStatus, right: ExitStatus) -> Bool {
        left.badness < right.badness
    }

    private var badness: Int {
        switch self {
        case .done: 0
        case .skipped: 1
        case .partial: 2
        case .refused: 3
        case .failed: 4
        }
    }

    /// Ends the command with this status; 0 by returning.
    func exit() throws {
        guard self != .done else { return }
        throw ExitCode(rawValue)
    }

    init(_ ending: RunReport.Ending) {
        self =
            switch ending {
            case .done: .done
            case .partial: .partial
            case .refused: .refused
            }
    }
}
