extension GraphRound {
    /// What `read` makes of each, in their order; at most four at once, as many as Graph takes
    /// for one mailbox.
    func inParallel<Value: Sendable, Result: Sendable>(
        _ values: [Value],
        _ read: @escaping @Sendable (Value) async throws -> Result
    ) async throws -> [Result] {
        try await withThrowingTaskGroup(of: (Int, Result).self) { group in
            var results: [Int: Result] = [:]
            for (index, value) in values.enumerated() {
                if index >= 4, let (done, result) = try await group.next() {
                    results[done] = result
                }
                group.addTask { (index, try await read(value)) }
            }
            for try await (done, result) in group { results[done] = result }
            return values.indices.compactMap { results[$0] }
        }
    }
}
