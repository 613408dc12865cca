import AbsenceModel
import Foundation

/// What somebody does by hand to an absence of ours that stands from nine to ten, and closes the
/// phone.
enum HandEdit: String, CaseIterable {
    case delete = "deleted"
    case changeEnd = "another end"
    case changeKind = "another kind"
    case ownOver = "own absence over ours"
    case ownBeside = "own absence beside ours"

    /// When they do it: one of their own beside ours before ours begins, the rest while it stands.
    var instant: Date {
        switch self {
        case .ownBeside: at(8, 50)
        case .delete, .changeEnd, .changeKind, .ownOver: at(9, 5)
        }
    }
}

/// What becomes of the booking behind it afterwards.
enum BookingFate: String, CaseIterable {
    case unchanged = "booking unchanged"
    /// To half past ten until half past eleven.
    case moved = "booking moved"
    case deleted = "booking deleted"
    case madePrivate = "booking made private"
}

/// One cell of the matrix: a user, whose phone is edited and whose booking changes.
struct HandEditCell {
    let user: String
    let phone: String
    let edit: HandEdit
    let fate: BookingFate

    var title: String { "\(edit.rawValue), \(fate.rawValue)" }

    static let all: [HandEditCell] = HandEdit.allCases.flatMap { edit in
        BookingFate.allCases.map { (edit, $0) }
    }
    .enumerated().map { number, cell in
        HandEditCell(
            user: "u\(101 + number)",
            phone: "\(101 + number)",
            edit: cell.0,
            fate: cell.1
        )
    }
}
