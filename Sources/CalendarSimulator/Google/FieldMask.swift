/// What the parameter `fields` leaves of an answer: `kind,items(id,start(date)),a/b`.
struct FieldMask: Sendable {
    /// Nil leaves everything.
    private var members: [String: FieldMask]?

    /// Everything, where `text` is nil or empty.
    init(_ text: String?) {
        guard let text, !text.isEmpty, text != "*" else { return }
        var rest = text[...]
        self = Self.list(&rest)
    }

    private init(members: [String: FieldMask]?) {
        self.members = members
    }

    /// What is left of a member; nil where the member is left out.
    subscript(_ name: String) -> FieldMask? {
        members.map { $0[name] } ?? self
    }

    func has(_ name: String) -> Bool { self[name] != nil }

    private static func list(_ text: inout Substring) -> FieldMask {
        var members: [String: FieldMask] = [:]
        while let first = text.first, first != ")" {
            let name = String(text.prefix { !",()/".contains($0) })
            text = text.dropFirst(name.count)
            members[name] = selection(&text)
            if text.first == "," { text.removeFirst() }
        }
        return FieldMask(members: members)
    }

    /// What stands behind a name.
    private static func selection(_ text: inout Substring) -> FieldMask {
        switch text.first {
        case "/":
            text.removeFirst()
            let name = String(text.prefix { !",()/".contains($0) })
            text = text.dropFirst(name.count)
            return FieldMask(members: [name: selection(&text)])
        case "(":
            text.removeFirst()
            let inner = list(&text)
            if text.first == ")" { text.removeFirst() }
            return inner
        default:
            return FieldMask(members: nil)
        }
    }
}
