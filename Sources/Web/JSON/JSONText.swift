import Foundation

/// Whether `bytes` are the words of `text`, for a `switch` over the bytes of a document.
package func ~= (text: StaticString, bytes: UnsafeRawBufferPointer) -> Bool {
    guard let start = bytes.baseAddress, bytes.count == text.utf8CodeUnitCount else { return false }
    return memcmp(start, text.utf8Start, bytes.count) == 0
}
