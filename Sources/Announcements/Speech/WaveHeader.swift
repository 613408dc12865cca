import Foundation

/// What the head of a WAV file says of its sound (RIFF, chunk `fmt `).
struct WaveHeader {
    private let format: (kind: Int, channels: Int, rate: Int)?

    init(file: URL) throws {
        let handle = try FileHandle(forReadingFrom: file)
        defer { try? handle.close() }
        self.init(Array(try handle.read(upToCount: 4_096) ?? Data()))
    }

    init(_ bytes: [UInt8]) {
        func number(_ offset: Int, _ length: Int) -> Int {
            bytes[offset..<offset + length].reversed().reduce(0) { $0 << 8 | Int($1) }
        }
        func tag(_ offset: Int) -> String {
            String(decoding: bytes[offset..<offset + 4], as: UTF8.self)
        }
        var found: (Int, Int, Int)?
        if bytes.count >= 12, tag(0) == "RIFF", tag(8) == "WAVE" {
            var offset = 12
            while found == nil, offset + 24 <= bytes.count {
                if tag(offset) == "fmt " {
                    found = (number(offset + 8, 2), number(offset + 10, 2), number(offset + 12, 4))
                }
                // Chunks begin at even places.
                offset += 8 + (number(offset + 4, 4) + 1) / 2 * 2
            }
        }
        format = found.map { (kind: $0.0, channels: $0.1, rate: $0.2) }
    }

    /// What keeps it from being played, or nil.
    var fault: String? {
        guard let format else { return "this is no WAV file" }
        // PCM, A-law, µ-law (RFC 2361).
        guard [1, 6, 7].contains(format.kind) else {
            return "its format is \(format.kind); PCM, A-law and µ-law can be played"
        }
        guard format.channels == 1, format.rate == 8_000 else {
            return "it has \(format.channels) channels and \(format.rate) samples a second; "
                + "it must be mono with 8000"
        }
        return nil
    }
}
