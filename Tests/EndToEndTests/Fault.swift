/// What calendar servers do wrong.
enum Fault: String, CaseIterable, Sendable {
    case serverError, silence, cutOff, emptyBody, refusedPassword, signInPage

    /// The faulty answer where `right` would have been the right one.
    func reply(insteadOf right: [UInt8]) -> CalendarServer.Reply {
        switch self {
        case .serverError: .answer(500)
        case .silence: .silence
        case .cutOff: .cutOff(Array(right.prefix(right.count / 2)))
        case .emptyBody: .answer(200)
        case .refusedPassword: .answer(401)
        case .signInPage: .answer(200, [("Content-Type", "text/html")], Array("<html>".utf8))
        }
    }

    /// What people are told of a feed.
    var sentence: Regex<Substring> {
        switch self {
        case .serverError: /answered with 500/
        case .silence: /gave no whole answer within 1/
        case .cutOff: /ended the connection in the middle of its answer/
        case .emptyBody: /sent an empty body where a calendar belongs/
        case .refusedPassword: /refuses access \(401\): check the credentials/
        case .signInPage: /sent something that is no calendar, perhaps a page for signing in/
        }
    }
}
