/// Texts laid out as C wants them: each ended by a NUL, and nil as a null pointer.
struct CStringArray {
    private var bytes: [UInt8] = []
    private var offsets: [Int?] = []

    init(_ texts: [String?]) {
        offsets.reserveCapacity(texts.count)
        for text in texts {
            offsets.append(text == nil ? nil : bytes.count)
            if let text {
                bytes.append(contentsOf: text.utf8)
                bytes.append(0)
            }
        }
    }

    /// The pointers hold until `body` returns.
    func withPointers<Result>(
        _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Result
    ) -> Result {
        bytes.withUnsafeBytes { bytes in
            let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            let pointers = offsets.map { offset in offset.flatMap { start?.advanced(by: $0) } }
            return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
        }
    }
}
