import CSimdJSON

/// The names of members that objects are asked for together, `outer/inner` for members of members;
/// made once and kept, for they are not freed.
package struct JSONNames: @unchecked Sendable {
    /// Nobody writes to it once it is made.
    fileprivate let names: OpaquePointer
    fileprivate let count: Int

    package init(_ names: [StaticString]) {
        guard let made = kk_json_names_create() else { fatalError("out of memory") }
        for name in names {
            let isTaken = kk_json_names_add(made, name.utf8Start, name.utf8CodeUnitCount)
            precondition(isTaken, "too many members, or one with too long a name")
        }
        self.names = made
        count = names.count
    }
}

/// What one object after another has of the members that it is asked for, found in one pass: where
/// many are read, much faster than one by one.
package final class JSONMembers {
    private let names: JSONNames
    private let found: UnsafeMutablePointer<kk_json_found>

    package init(_ names: JSONNames) {
        self.names = names
        found = .allocate(capacity: names.count)
        found.initialize(repeating: kk_json_found(), count: names.count)
    }

    deinit {
        found.deallocate()
    }

    /// Looks into `object`; where it is none, it has no members.
    package func look(into object: JSONElement) {
        kk_json_members(object.raw, names.names, found)
    }

    /// The member that has its name at `place` among those asked for, the first of its name; nil
    /// where there is none, or it is null.
    package subscript(_ place: Int) -> JSONElement? {
        precondition(place < names.count)
        let value = found[place].value
        return value.document == nil ? nil : JSONElement(raw: value)
    }

    /// The UTF-8 bytes of that member, where they lie in the document; nil where it is no string.
    package func bytes(_ place: Int) -> UnsafeRawBufferPointer? {
        precondition(place < names.count)
        guard let start = found[place].bytes else { return nil }
        return UnsafeRawBufferPointer(start: start, count: found[place].count)
    }
}
