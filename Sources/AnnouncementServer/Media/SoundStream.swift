import Announcements
import NIOCore

/// Sends a sound by RTP (RFC 3550, RFC 3551), one packet every 20 ms by the clock.
///
/// Belongs to its channel's event loop.
final class SoundStream {
    /// Bytes of a packet.
    private static let frame = 160
    private static let interval = TimeAmount.milliseconds(20)

    private let channel: any Channel
    private let sound: [UInt8]
    private let law: Law
    private let payloadType: UInt8
    private let destination: SocketAddress
    private let ended: () -> Void
    private let identity = UInt32.random(in: .min ... .max)
    /// From the lower half, so that numbers do not begin anew while a caller listens.
    private let firstNumber = UInt16.random(in: 0...0x7FFF)
    private let firstTime = UInt32.random(in: .min ... .max)
    private var begun = NIODeadline.now()
    private var next: Scheduled<Void>?
    private(set) var packets = 0

    /// - Parameter ended: Called when the last packet has been heard.
    init(
        _ sound: [UInt8],
        _ law: Law,
        payloadType: UInt8,
        to destination: SocketAddress,
        by channel: any Channel,
        ended: @escaping () -> Void
    ) {
        self.sound = sound
        self.law = law
        self.payloadType = payloadType
        self.destination = destination
        self.channel = channel
        self.ended = ended
    }

    func start() {
        begun = .now()
        send()
    }

    func stop() {
        next?.cancel()
        next = nil
    }

    /// Sends what is due. A packet's time is counted from the first one, so a late wake-up makes
    /// none of those after it late.
    private func send() {
        while packets * Self.frame < sound.count, due <= .now() {
            let data = AddressedEnvelope(remoteAddress: destination, data: packet())
            channel.writeAndFlush(data, promise: nil)
            packets += 1
        }
        let isDone = packets * Self.frame >= sound.count
        next = channel.eventLoop.assumeIsolated().scheduleTask(deadline: due) { [self] in
            if isDone { ended() } else { send() }
        }
    }

    private var due: NIODeadline { begun + Self.interval * packets }

    private func packet() -> ByteBuffer {
        let start = packets * Self.frame
        let part = sound[start..<min(start + Self.frame, sound.count)]
        var buffer = channel.allocator.buffer(capacity: 12 + Self.frame)
        // Version 2; the marker on the first one of a talk.
        buffer.writeInteger(0x80 as UInt8)
        buffer.writeInteger(payloadType | (packets == 0 ? 0x80 : 0))
        buffer.writeInteger(firstNumber &+ UInt16(truncatingIfNeeded: packets))
        buffer.writeInteger(firstTime &+ UInt32(truncatingIfNeeded: start))
        buffer.writeInteger(identity)
        buffer.writeBytes(part)
        buffer.writeRepeatingByte(law.silence, count: Self.frame - part.count)
        return buffer
    }
}
