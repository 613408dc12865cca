import Foundation
import Reconcile

/// A line on a terminal that tells how far a load is; nothing elsewhere.
struct Progress {
    private let isShown: Bool

    init(isShown: Bool) {
        self.isShown = isShown && isatty(2) == 1
    }

    func show(_ event: PassEvent) {
        guard isShown, case .loadAdvanced(let source, let done, let total) = event else { return }
        let end = done >= total ? "\r\u{1B}[K" : ""
        FileHandle.standardError.write(Data("\r\(source): \(done) of \(total)\(end)".utf8))
    }
}
