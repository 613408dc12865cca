import AbsenceModel
import AbsenceStore

/// Whom a pass looks at, and the marks that it saw of them.
struct Selection {
    let scope: RunScope
    /// Nil for everybody.
    let users: [UserID]?
    var marks: TouchMarks
    /// Who is left out although it is everybody's turn.
    let left: Set<UserID>
    /// Of these, whose calendars have not been loaded since the database was restored.
    let unloaded: Set<UserID>

    /// Above this share of a customer's users the whole customer is cheaper (principle 12).
    private static let wholeFrom = 0.05
    /// So few are cheap whatever the share.
    private static let fewUsers = 1000

    init(
        store: AbsenceStore,
        customer: Customer,
        scope: RunScope,
        without unobserved: Set<UserID>
    ) throws {
        var marks = try store.touchedUsers(of: customer)
        unloaded =
            marks.contains(cause: "restored")
            ? Set(try store.unloadedUsers(of: customer)) : []
        let left = unobserved.union(unloaded)
        self.left = left
        marks.remove(left)
        self.marks = marks
        let touched = marks.userCount
        self.scope = scope
        if scope == .everybody {
            users = nil
        } else if touched > Self.fewUsers,
            Double(touched)
                > Self.wholeFrom * Double(try store.activeUserCount(of: customer))
        {
            users = nil
        } else {
            users = marks.users
        }
    }

    var isNobody: Bool { users?.isEmpty ?? false }
}
