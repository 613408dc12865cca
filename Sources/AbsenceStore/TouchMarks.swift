public import AbsenceModel
public import Foundation

/// The marks that a pass saw, by user, and for whom it has planned something.
///
/// Everybody of a large customer may have some, so each takes a few bytes.
public struct TouchMarks: Sendable {
    private struct Mark {
        var user: Int64
        /// Seconds, as ``Foundation/Date`` counts them.
        var since: Double
        var times: Int32
        /// Which of the causes.
        var cause: UInt8
        /// Whether the pass has planned something for the user.
        var isBusy = false
    }

    /// In the order of the users.
    private var marks: [Mark] = []
    private var causes: [String] = []

    public init() {}

    /// Adds marks of users that come after those that are there.
    mutating func append(_ more: [TouchMark]) {
        for mark in more {
            let cause =
                causes.firstIndex(of: mark.cause)
                ?? {
                    causes.append(mark.cause)
                    return causes.count - 1
                }()
            marks.append(
                Mark(
                    user: mark.user.rawValue,
                    since: mark.since.timeIntervalSinceReferenceDate,
                    times: mark.times.map(Int32.init(clamping:)) ?? -1,
                    cause: UInt8(cause)
                )
            )
        }
    }

    /// Whether anybody was marked for this.
    public func contains(cause: String) -> Bool { causes.contains(cause) }

    /// Leaves users out.
    public mutating func remove(_ users: Set<UserID>) {
        guard !users.isEmpty else { return }
        marks.removeAll { users.contains(UserID(rawValue: $0.user)) }
    }

    /// The users, in order, each once.
    public var users: [UserID] {
        marks.indices.lazy
            .filter { $0 == 0 || marks[$0 - 1].user != marks[$0].user }
            .map { UserID(rawValue: marks[$0].user) }
    }

    /// How many users are marked.
    public var userCount: Int {
        marks.indices.count { $0 == 0 || marks[$0 - 1].user != marks[$0].user }
    }

    /// The marks of some users.
    public func of(_ users: some Sequence<UserID>) -> [TouchMark] {
        users.flatMap { marks[places(of: $0)].map(told) }
    }

    /// When what marked a user was first known; nil where nothing did.
    public func since(_ user: UserID) -> Date? {
        marks[places(of: user)].map(\.since).min()
            .map(Date.init(timeIntervalSinceReferenceDate:))
    }

    /// Takes note whether something is planned for these users.
    public mutating func set(_ users: some Sequence<UserID>, isBusy: Bool) {
        for user in users {
            for place in places(of: user) { marks[place].isBusy = isBusy }
        }
    }

    /// The marks of those for whom nothing is planned.
    public var idle: some Sequence<TouchMark> {
        marks.lazy.filter { !$0.isBusy }.map(told)
    }

    private func told(_ mark: Mark) -> TouchMark {
        TouchMark(
            user: UserID(rawValue: mark.user),
            cause: causes[Int(mark.cause)],
            times: mark.times < 0 ? nil : Int(mark.times),
            since: Date(timeIntervalSinceReferenceDate: mark.since)
        )
    }

    private func places(of user: UserID) -> Range<Int> {
        var (low, high) = (0, marks.count)
        while low < high {
            let middle = (low + high) / 2
            if marks[middle].user < user.rawValue { low = middle + 1 } else { high = middle }
        }
        var end = low
        while end < marks.count, marks[end].user == user.rawValue { end += 1 }
        return low..<end
    }
}
