import CSimdJSON
import Synchronization

/// Reads JSON documents (RFC 8259), one after another; not to be shared between tasks.
package final class JSONReader {
    private let parser: OpaquePointer

    /// Parsers that wait for their next document, with the memory that they have.
    private static let idle = Mutex<[Idle]>([])

    private struct Idle: @unchecked Sendable {
        /// Of one reader at a time.
        var parser: OpaquePointer
    }

    package init() {
        let idle = Self.idle.withLock { $0.popLast() }
        guard let parser = idle?.parser ?? kk_json_parser_create() else {
            fatalError("out of memory")
        }
        self.parser = parser
    }

    deinit {
        let idle = Idle(parser: parser)
        let isKept =
            kk_json_parser_capacity(parser) <= Self.keptCapacity
            && Self.idle.withLock { parsers in
                guard parsers.count < Self.keptCount else { return false }
                parsers.append(idle)
                return true
            }
        if !isKept { kk_json_parser_destroy(parser) }
    }

    /// A document with so many bytes of memory behind it is read where it lies.
    package static let padding = Int(KK_JSON_PADDING)

    /// How many parsers are kept, and for documents of how many bytes; each takes about ten times
    /// as much memory.
    private static let (keptCount, keptCapacity) = (4, 512 << 10)

    /// Hands the document's root to `body`; its elements must not be kept beyond that.
    ///
    /// - Throws: ``RemoteFailure`` `malformed` where `bytes` are not one whole document in UTF-8,
    ///   such as one that was cut off.
    package func read<Result>(
        _ bytes: [UInt8],
        _ body: (JSONElement) throws -> Result
    ) throws -> Result {
        var root = kk_json_element()
        let isWhole = bytes.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return false }
            return kk_json_parse(parser, start, buffer.count, bytes.capacity, &root)
        }
        guard isWhole else {
            throw RemoteFailure(
                .malformed,
                bytes.isEmpty ? "its answer is empty" : "its answer is not whole JSON"
            )
        }
        return try body(JSONElement(raw: root))
    }
}

/// A value of a document, while ``JSONReader/read(_:_:)`` holds it.
package struct JSONElement {
    let raw: kk_json_element

    init(raw: kk_json_element) {
        self.raw = raw
    }

    /// The member of that name; nil where there is none, it is null, or this is no object.
    package subscript(_ name: StaticString) -> JSONElement? {
        member(UnsafeRawPointer(name.utf8Start), name.utf8CodeUnitCount)
    }

    /// The member of a name that is known at run time only.
    package func member(_ name: String) -> JSONElement? {
        var name = name
        return name.withUTF8 { bytes in
            bytes.baseAddress.flatMap { member(UnsafeRawPointer($0), bytes.count) }
        }
    }

    private func member(_ name: UnsafeRawPointer, _ count: Int) -> JSONElement? {
        var value = kk_json_element()
        let isThere = kk_json_member(raw, name.assumingMemoryBound(to: CChar.self), count, &value)
        return isThere ? JSONElement(raw: value) : nil
    }

    /// The text of a string, or nil.
    package var string: String? {
        bytes.map { String(decoding: $0, as: UTF8.self) }
    }

    /// The UTF-8 bytes of a string, where they lie in the document; nil where this is none.
    package var bytes: UnsafeRawBufferPointer? {
        var bytes: UnsafePointer<CChar>?
        var count = 0
        guard kk_json_string(raw, &bytes, &count) else { return nil }
        return UnsafeRawBufferPointer(start: bytes, count: count)
    }

    package var int: Int? {
        var value: Int64 = 0
        return kk_json_int64(raw, &value) ? Int(value) : nil
    }

    package var double: Double? {
        var value = 0.0
        return kk_json_double(raw, &value) ? value : nil
    }

    package var bool: Bool? {
        var value = false
        return kk_json_bool(raw, &value) ? value : nil
    }

    /// Whether no object within has two members of one name, of which readers would see
    /// different ones (RFC 8259 4).
    package var hasUniqueNames: Bool { kk_json_has_unique_names(raw) }

    package var isObject: Bool { kk_json_kind_of(raw) == KK_JSON_OBJECT }

    /// The values of an array; nil where this is none.
    package var values: JSONValues? {
        var values = kk_json_values()
        return kk_json_values_of(raw, &values) ? JSONValues(raw: values) : nil
    }
}

/// The values of an array, in order.
package struct JSONValues: Sequence, IteratorProtocol {
    fileprivate var raw: kk_json_values

    package mutating func next() -> JSONElement? {
        var value = kk_json_element()
        return kk_json_next(&raw, &value) ? JSONElement(raw: value) : nil
    }
}
