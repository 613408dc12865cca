/// The texts of one booking in one piece of memory: of a million bookings in a load, a string for
/// each text of each would take longer than reading them.
public struct BookingTexts: Equatable, @unchecked Sendable {
    public enum Name: Int, CaseIterable, Sendable {
        case key, resource, mark, subject, location, body
    }

    /// Their bytes, one behind the other; nobody writes to them once they are there.
    @usableFromInline let memory: ManagedBuffer<Places, UInt8>

    /// Where the texts lie, by their names' numbers.
    @usableFromInline struct Places {
        @usableFromInline var ends: InlineArray<6, UInt32>
        @usableFromInline var isThere: InlineArray<6, Bool>

        @inlinable
        subscript(name: Name) -> Range<Int>? {
            let number = name.rawValue
            guard isThere[number] else { return nil }
            return Int(number == 0 ? 0 : ends[number - 1])..<Int(ends[number])
        }
    }

    /// Takes the bytes of texts in UTF-8, nil where there is none.
    public init(
        key: UnsafeRawBufferPointer?,
        resource: UnsafeRawBufferPointer?,
        mark: UnsafeRawBufferPointer?,
        subject: UnsafeRawBufferPointer?,
        location: UnsafeRawBufferPointer?,
        body: UnsafeRawBufferPointer?
    ) {
        self.init([key, resource, mark, subject, location, body])
    }

    public init(
        key: String,
        resource: String? = nil,
        mark: String? = nil,
        subject: String? = nil,
        location: String? = nil,
        body: String? = nil
    ) {
        self.init([
            key.utf8, resource?.utf8, mark?.utf8, subject?.utf8, location?.utf8, body?.utf8,
        ])
    }

    private init(_ texts: InlineArray<6, (some Collection<UInt8>)?>) {
        var count = 0
        var places = Places(ends: .init(repeating: 0), isThere: .init(repeating: false))
        for number in texts.indices {
            count += texts[number]?.count ?? 0
            places.ends[number] = UInt32(count)
            places.isThere[number] = texts[number] != nil
        }
        memory = .create(minimumCapacity: count) { _ in places }
        memory.withUnsafeMutablePointerToElements { start in
            for number in texts.indices {
                guard let text = texts[number] else { continue }
                let place = Int(places.ends[number]) - text.count
                UnsafeMutableRawBufferPointer(start: start + place, count: text.count)
                    .copyBytes(from: text)
            }
        }
    }

    public subscript(name: Name) -> String? {
        get {
            withBytes(of: name) { bytes in bytes.map { String(decoding: $0, as: UTF8.self) } }
        }
        set {
            func text(_ other: Name) -> String? { other == name ? newValue : self[other] }
            self = Self(
                key: text(.key) ?? "",
                resource: text(.resource),
                mark: text(.mark),
                subject: text(.subject),
                location: text(.location),
                body: text(.body)
            )
        }
    }

    @inlinable
    public func has(_ name: Name) -> Bool { memory.header[name] != nil }

    /// Hands the bytes of a text in UTF-8 to `body`, nil where there is none.
    @inlinable
    public func withBytes<Result>(
        of name: Name,
        _ body: (UnsafeRawBufferPointer?) throws -> Result
    ) rethrows -> Result {
        try memory.withUnsafeMutablePointers { places, start in
            try body(
                places.pointee[name].map { place in
                    UnsafeRawBufferPointer(start: start + place.lowerBound, count: place.count)
                }
            )
        }
    }

    public static func == (left: Self, right: Self) -> Bool {
        Name.allCases.allSatisfy { left[$0] == right[$0] }
    }
}
