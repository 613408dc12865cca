public import AbsenceModel
public import Foundation

/// The marks that a pass saw, by user, and for whom it has planned something.
public struct TouchMarks: Sendable {
    /// In the order of the users.
    private let marks: [TouchMark]
    /// Whether the pass has planned something for the user of each.
    private var isBusy: [Bool]

    public init(_ marks: [TouchMark]) {
        self.marks = marks.sorted { $0.user < $1.user }
        isBusy = Array(repeating: false, count: marks.count)
    }

    /// The users, in order, each once.
    public var users: [UserID] {
        marks.indices.compactMap { index in
            index == 0 || marks[index - 1].user != marks[index].user ? marks[index].user : nil
        }
    }

    /// The marks of some users.
    public func of(_ users: some Sequence<UserID>) -> [TouchMark] {
        users.flatMap { marks[places(of: $0)] }
    }

    /// When what marked a user was first known; nil where nothing did.
    public func since(_ user: UserID) -> Date? {
        marks[places(of: user)].map(\.since).min()
    }

    /// Takes note whether something is planned for these users.
    public mutating func set(_ users: some Sequence<UserID>, isBusy: Bool) {
        for user in users {
            for place in places(of: user) { self.isBusy[place] = isBusy }
        }
    }

    /// The marks of those for whom nothing is planned.
    public var idle: some Sequence<TouchMark> {
        zip(marks, isBusy).lazy.filter { !$1 }.map(\.0)
    }

    private func places(of user: UserID) -> Range<Int> {
        var (low, high) = (0, marks.count)
        while low < high {
            let middle = (low + high) / 2
            if marks[middle].user < user { low = middle + 1 } else { high = middle }
        }
        var end = low
        while end < marks.count, marks[end].user == user { end += 1 }
        return low..<end
    }
}
