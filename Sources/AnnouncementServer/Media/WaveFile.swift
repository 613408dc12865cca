/// A sound in A-law as a WAV file.
enum WaveFile {
    static func bytes(of sound: [UInt8]) -> [UInt8] {
        func number(_ value: Int, _ length: Int) -> [UInt8] {
            (0..<length).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        }
        // A-law, mono, 8,000 samples and bytes a second, one byte each, 8 bits; no more to say.
        let format = [(6, 2), (1, 2), (8_000, 4), (8_000, 4), (1, 2), (8, 2), (0, 2)]
            .flatMap { number($0.0, $0.1) }
        let padding: [UInt8] = sound.count.isMultiple(of: 2) ? [] : [0]
        let chunks =
            Array("WAVEfmt ".utf8) + number(format.count, 4) + format
            + Array("fact".utf8) + number(4, 4) + number(sound.count, 4)
            + Array("data".utf8) + number(sound.count, 4) + sound + padding
        return Array("RIFF".utf8) + number(chunks.count, 4) + chunks
    }
}
