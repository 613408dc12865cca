extension BinaryRow {
    /// How many bytes rows are in the binary form, without its header and end.
    ///
    /// - Parameter encodeNext: Appends the fields of the next row; false where there is none.
    package static func byteCount(
        ofRows encodeNext: (inout BinaryRow) throws -> Bool
    ) rethrows -> Int {
        var buffer = BinaryRow(capacity: 64 * 1024)
        var count = 0
        while try buffer.appendRow(encodeNext) {
            count += buffer.byteCount
            buffer.removeAll()
        }
        return count
    }
}
