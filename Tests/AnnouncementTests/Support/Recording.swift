import Foundation

/// What a caller hears: packets of sound as they come.
struct Recording {
    private(set) var sound: [UInt8] = []
    private(set) var payloadTypes: Set<UInt8> = []
    /// From the first packet to the last, in seconds.
    private(set) var duration: TimeInterval = 0
    /// Whether numbers and times count on without a gap, and only the first is marked.
    private(set) var isInOrder = true

    /// Hears so many packets.
    init(_ socket: UDPSocket, packets: Int) async throws {
        var first: (bytes: [UInt8], at: Date)?
        for index in 0..<packets {
            let packet = try await socket.receive()
            let bytes = packet.bytes
            let start = first ?? packet
            first = start
            let number = { (range: Range<Int>, of: [UInt8]) in
                of[range].reduce(0) { $0 << 8 | UInt64($1) }
            }
            isInOrder =
                isInOrder && bytes.count == 172 && bytes[0] == 0x80
                && (bytes[1] & 0x80 != 0) == (index == 0)
                && number(2..<4, bytes) == (number(2..<4, start.bytes) + UInt64(index)) & 0xFFFF
                && number(4..<8, bytes)
                    == (number(4..<8, start.bytes) + UInt64(index) * 160) & 0xFFFF_FFFF
                && number(8..<12, bytes) == number(8..<12, start.bytes)
            payloadTypes.insert(bytes[1] & 0x7F)
            sound += bytes.dropFirst(12)
            duration = packet.at.timeIntervalSince(start.at)
        }
    }
}
