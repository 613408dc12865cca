package import CSimdJSON

/// The members that an object is asked for together: a case each, numbered from 0.
package protocol JSONMember: CaseIterable, RawRepresentable<Int> {
    var name: StaticString { get }
}

/// The names of members as the parser looks for them; made once and kept, for they are not freed.
package struct JSONNames<Member: JSONMember>: @unchecked Sendable {
    /// Nobody writes to it once it is made.
    @usableFromInline let names: OpaquePointer

    package init() {
        guard let names = kk_json_names_create() else { fatalError("out of memory") }
        for member in Member.allCases {
            let name = member.name
            let isTaken = kk_json_names_add(names, name.utf8Start, name.utf8CodeUnitCount)
            precondition(isTaken, "too many members, or one with too long a name")
        }
        self.names = names
    }
}

/// What an object has of the members that it was asked for.
package struct JSONMembers<Member: JSONMember> {
    @usableFromInline let values: UnsafeMutablePointer<kk_json_element>

    @inlinable
    init(values: UnsafeMutablePointer<kk_json_element>) {
        self.values = values
    }

    /// The member, the first of its name; nil where there is none, or it is null.
    @inlinable
    package subscript(_ member: Member) -> JSONElement? {
        let value = values[member.rawValue]
        return value.document == nil ? nil : JSONElement(raw: value)
    }
}

extension JSONElement {
    /// Hands the members of `names` to `body`, found in one pass: where many are read, much faster
    /// than one by one. There are none where this is no object.
    @inlinable
    package func withMembers<Member: JSONMember, Result>(
        _ names: JSONNames<Member>,
        _ body: (JSONMembers<Member>) -> Result
    ) -> Result {
        withUnsafeTemporaryAllocation(
            of: kk_json_element.self,
            capacity: Member.allCases.count
        ) { values in
            guard let start = values.baseAddress else { fatalError("no member to look for") }
            kk_json_members(raw, names.names, start)
            return body(JSONMembers(values: start))
        }
    }
}
