extension CopyTarget {
    /// How many bytes `rows` are in the binary form, without its header and end.
    package static func byteCount(of rows: some Sequence<Row>) throws -> Int {
        var buffer = BinaryRow(capacity: 64 * 1024)
        var count = 0
        for row in rows {
            buffer.beginRow()
            try encode(row, into: &buffer)
            buffer.endRow()
            count += buffer.bytes.count
            buffer.removeAll()
        }
        return count
    }
}
