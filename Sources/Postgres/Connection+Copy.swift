import CLibPQ

extension Connection {
    /// Streams `rows` into `target` by binary COPY.
    ///
    /// - Returns: the number of rows that the server took.
    /// - Throws: what the encoding of a row throws, after the copy has been called off: then no
    ///   row has been stored. ``PostgresError`` where the server refuses.
    @inlinable
    @discardableResult
    public func copyIn<C: CopyTarget>(
        _ target: C,
        rows: some Sequence<C.Row>
    ) throws -> Int {
        // Inlined, so that neither rows nor fields are handled by their protocols.
        var rows = rows.makeIterator()
        return try copyIn(C.sql, C.columns.count, name: "\(C.self)") { fields in
            guard let row = rows.next() else { return false }
            try C.encode(row, into: &fields)
            return true
        }
    }

    /// - Parameter encodeNext: Appends the fields of the next row; false where there is none.
    @usableFromInline
    func copyIn(
        _ sql: String,
        _ columnCount: Int,
        name: String,
        encodeNext: (inout BinaryRow) throws -> Bool
    ) throws -> Int {
        let begun = try checked(PQexec(handle, sql), name: name)
        guard PQresultStatus(begun.pointer) == PGRES_COPY_IN else {
            throw PostgresError(.encoding, "its SQL is no copy from stdin", statement: name)
        }
        var buffer = BinaryRow(capacity: Self.copyBufferSize + Self.copyBufferSize / 4)
        // Signature, flags and length of the header's extension (PostgreSQL manual, COPY,
        // Binary Format).
        [UInt8]([0x50, 0x47, 0x43, 0x4F, 0x50, 0x59, 0x0A, 0xFF, 0x0D, 0x0A, 0x00])
            .withUnsafeBytes { buffer.append(raw: $0) }
        buffer.append(Int32(0))
        buffer.append(Int32(0))
        do {
            while try buffer.appendRow(encodeNext) {
                guard Int(buffer.fieldCount) == columnCount else {
                    throw PostgresError(
                        .encoding,
                        "\(columnCount) columns named, \(buffer.fieldCount) fields encoded",
                        statement: name
                    )
                }
                if buffer.byteCount >= Self.copyBufferSize { try send(&buffer, name: name) }
            }
            buffer.append(Int16(-1))
            try send(&buffer, name: name)
        } catch {
            // Where this fails the session is gone, and the copy with it.
            _ = try? endCopy(calledOff: "a row could not be encoded", name: name)
            throw error
        }
        return try endCopy(calledOff: nil, name: name)
    }

    private static var copyBufferSize: Int { 64 * 1024 }

    private func send(_ buffer: inout BinaryRow, name: String) throws(PostgresError) {
        let sent = PQputCopyData(
            handle,
            buffer.bytes.baseAddress?.assumingMemoryBound(to: CChar.self),
            Int32(buffer.byteCount)
        )
        guard sent == 1 else { throw failure(name: name) }
        buffer.removeAll()
    }

    /// Ends the copy and takes in what the server says of it.
    private func endCopy(calledOff reason: String?, name: String) throws(PostgresError) -> Int {
        guard PQputCopyEnd(handle, reason) == 1 else { throw failure(name: name) }
        let count: Int
        do throws(PostgresError) {
            count = try checked(PQgetResult(handle), name: name).affectedRowCount
        } catch {
            drain()
            throw error
        }
        drain()
        return count
    }

    /// libpq takes no further command before it has given out the last result.
    func drain() {
        while let result = PQgetResult(handle) {
            PQclear(result)
            if PQstatus(handle) != CONNECTION_OK { return }
        }
    }
}
