extension Array where Element: Sendable {
    /// What `read` makes of each, in their order; at most `limit` are under way at once.
    package func inParallel<Result: Sendable>(
        atMost limit: Int,
        _ read: @escaping @Sendable (Element) async throws -> Result
    ) async throws -> [Result] {
        try await withThrowingTaskGroup(of: (Int, Result).self) { group in
            var results: [Int: Result] = [:]
            for (index, value) in enumerated() {
                if index >= limit, let (done, result) = try await group.next() {
                    results[done] = result
                }
                group.addTask { (index, try await read(value)) }
            }
            for try await (done, result) in group { results[done] = result }
            return indices.compactMap { results[$0] }
        }
    }
}
