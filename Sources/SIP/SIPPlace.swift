import CSIP
import Dispatch
import Foundation

/// A server's address, and the one to send from to reach it, both in figures.
struct SIPPlace: Sendable {
    var remote: String
    var local: String

    /// Asks DNS on a thread that may wait. A port is always known, so its addresses are all that
    /// is looked for (RFC 3263 4.2).
    static func lookUp(_ server: SIPServer) async throws -> SIPPlace {
        let result: Result<SIPPlace, SIPError> = await withCheckedContinuation { waiter in
            DispatchQueue.global().async { waiter.resume(returning: found(server)) }
        }
        return try result.get()
    }

    private static func found(_ server: SIPServer) -> Result<SIPPlace, SIPError> {
        var remote = [CChar](repeating: 0, count: 64)
        var local = remote
        let failure = kk_sip_look_up(server.host, server.port, &remote, &local, 64)
        guard failure == 0 else {
            return .failure(
                SIPError(
                    .unsent,
                    failure == ENOENT
                        ? "\(server): the host is unknown"
                        : "\(server): there is no way to it (\(String(cString: strerror(failure))))"
                )
            )
        }
        return .success(SIPPlace(remote: text(remote), local: text(local)))
    }

    private static func text(_ bytes: [CChar]) -> String {
        String(decoding: bytes.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
