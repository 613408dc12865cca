/// Finds the word that somebody meant.
enum Nearest {
    /// The word of `words` that takes the fewest typing mistakes to become `text`, the first
    /// where several do, or nil where all are too far off to be meant
    /// or the text is too short to tell.
    static func word(to text: String, among words: some Sequence<String>) -> String? {
        let wanted = Array(text.lowercased().unicodeScalars.prefix(64))
        guard wanted.count > 2 else { return nil }
        let limit = wanted.count / 3
        var best: (word: String, distance: Int)?
        for word in words {
            let distance = distance(wanted, Array(word.lowercased().unicodeScalars))
            if distance <= limit, distance < best?.distance ?? .max {
                best = (word, distance)
            }
        }
        return best?.word
    }

    /// How many letters must be added, dropped, changed or swapped with their neighbour.
    private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
        var beforeLast = [Int]()
        var last = Array(0...right.count)
        for row in 1...left.count {
            var current = [row]
            for column in 1...right.count {
                let isSame = left[row - 1] == right[column - 1]
                var best = min(
                    last[column] + 1,
                    current[column - 1] + 1,
                    last[column - 1] + (isSame ? 0 : 1)
                )
                if row > 1, column > 1,
                    left[row - 1] == right[column - 2], left[row - 2] == right[column - 1]
                {
                    best = min(best, beforeLast[column - 2] + 1)
                }
                current.append(best)
            }
            (beforeLast, last) = (last, current)
        }
        return last[right.count]
    }
}
