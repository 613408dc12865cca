/// Why something could not be spoken. Says nothing of the text.
public enum SpeechProblem: Error, CustomStringConvertible {
    /// A program could not be started.
    case notStarted(program: String, why: String)
    /// A program ended with a failure; negative where a signal ended it.
    case failed(program: String, status: Int32)
    case tookTooLong(program: String)
    case saidNothing(program: String)

    public var description: String {
        switch self {
        case .notStarted(let program, let why):
            "\(program) could not be started: \(why); is its package installed?"
        case .failed(let program, let status): "\(program) failed with status \(status)"
        case .tookTooLong(let program): "\(program) took too long and was ended"
        case .saidNothing(let program): "\(program) made no sound"
        }
    }
}
