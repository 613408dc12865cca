public import AbsenceStore

extension LoadPass {
    /// Reads every calendar of the source whole and takes it in for a shadow, in the rehearsal
    /// that is under way: nothing is written down of it, and nothing stays.
    ///
    /// - Throws: where the database refuses what came, for a rehearsal cannot go on behind that.
    public func rehearse(for shadow: Customer) async throws -> LoadTally {
        let begin = now()
        let calendars = try store.calendarsToLoad(of: shadow, source: sourceName)
        let window = Self.window(at: begin, daysAhead: try store.daysAhead(of: shadow))
        report(.loadBegan(source: sourceName, calendars: calendars.count, isFull: true))
        var tally = LoadTally()
        for start in stride(from: 0, to: calendars.count, by: batchSize) {
            try Task.checkCancellation()
            let part = Array(calendars[start..<min(start + batchSize, calendars.count)])
            let batch = await fetch(part, window: window, customer: shadow, deadline: nil)
            tally += try store.takeIn(batch, ofShadow: shadow, window: window, at: begin)
            report(
                .loadAdvanced(source: sourceName, done: start + part.count, of: calendars.count)
            )
        }
        report(.loadEnded(source: sourceName, tally))
        return tally
    }
}
