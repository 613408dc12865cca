import Foundation
import Glibc
import NIOCore

/// A socket on the loopback address that is asked when a test wants to.
final class UDPSocket: Sendable {
    struct NothingCame: Error {}

    private let descriptor: Int32
    let port: Int

    init() throws {
        descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        let any = try SocketAddress(ipAddress: "127.0.0.1", port: 0)
        var bound = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let result = any.withSockAddr { bind(descriptor, $0, socklen_t($1)) }
        let named = withUnsafeMutablePointer(to: &bound) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                getsockname(descriptor, $0, &length)
            }
        }
        guard result == 0, named == 0 else { throw POSIXError(.EADDRNOTAVAIL) }
        port = Int(UInt16(bigEndian: bound.sin_port))
    }

    deinit {
        close(descriptor)
    }

    func send(_ bytes: some Sequence<UInt8>, to port: Int) throws {
        let bytes = Array(bytes)
        let address = try SocketAddress(ipAddress: "127.0.0.1", port: port)
        _ = address.withSockAddr { sendto(descriptor, bytes, bytes.count, 0, $0, socklen_t($1)) }
    }

    /// The next datagram, and when it came; keeps no thread of a test waiting.
    func receive(within limit: Duration = .seconds(20)) async throws -> (bytes: [UInt8], at: Date) {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { [self] in
                var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                let seconds = limit.components.seconds
                let milliseconds = limit.components.attoseconds / 1_000_000_000_000_000
                guard poll(&wanted, 1, Int32(seconds * 1_000 + milliseconds)) > 0 else {
                    return continuation.resume(throwing: NothingCame())
                }
                var buffer = [UInt8](repeating: 0, count: 65_536)
                let count = recv(descriptor, &buffer, buffer.count, 0)
                continuation.resume(returning: (Array(buffer.prefix(max(0, count))), Date()))
            }
        }
    }
}
