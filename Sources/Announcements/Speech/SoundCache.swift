/// Sounds in memory, of which those that nobody asked for the longest go first.
struct SoundCache {
    private struct Entry {
        var sound: [UInt8]
        var askedFor: Int
    }

    private let capacity: Int
    private var entries: [String: Entry] = [:]
    private var size = 0
    private var questions = 0

    /// - Parameter capacity: In bytes.
    init(capacity: Int) {
        self.capacity = capacity
    }

    mutating func sound(_ key: String) -> [UInt8]? {
        questions += 1
        entries[key]?.askedFor = questions
        return entries[key]?.sound
    }

    mutating func keep(_ sound: [UInt8], as key: String) {
        guard sound.count <= capacity else { return }
        questions += 1
        size += sound.count - (entries[key]?.sound.count ?? 0)
        entries[key] = Entry(sound: sound, askedFor: questions)
        guard size > capacity else { return }
        // Down to three quarters at once, so that it is seldom done.
        for (key, entry) in entries.sorted(by: { $0.value.askedFor < $1.value.askedFor }) {
            guard size > capacity / 4 * 3 else { return }
            entries[key] = nil
            size -= entry.sound.count
        }
    }
}
