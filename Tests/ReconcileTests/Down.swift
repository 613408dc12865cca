import Telephony

/// What happens to a telephone side.
enum Down {
    /// It could not be asked at all, so nothing was done.
    static let error = ExchangeError(.unreachable, "the telephone side does not answer")

    /// The line broke while it was asked: who knows what was done.
    struct LineBroke: Error {}
}
