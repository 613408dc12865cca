import NIOCore

/// An address and a port, as they stand in SIP and SDP.
struct Endpoint: Hashable, Sendable {
    /// Without brackets.
    var host: String
    var port: Int

    init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// Nil for an address that is none of the Internet.
    init?(_ address: SocketAddress) {
        guard let host = address.ipAddress, let port = address.port else { return nil }
        self.init(host: host, port: port)
    }

    /// Nil where the host is a name: nothing is looked up here.
    var address: SocketAddress? {
        try? SocketAddress(ipAddress: host, port: port)
    }

    /// The host with brackets where it needs them.
    var writtenHost: String {
        host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
    }

    /// As it stands in a URI.
    var description: String { "\(writtenHost):\(port)" }

    /// Reads `host`, `host:port`, `[host]:port`.
    static func split(_ text: String) -> (host: String, port: Int?)? {
        let bytes = Array(text.utf8)
        var hostEnd = bytes.endIndex
        var host: ArraySlice<UInt8>
        if bytes.first == UInt8(ascii: "[") {
            guard let end = bytes.firstIndex(of: UInt8(ascii: "]")) else { return nil }
            host = bytes[1..<end]
            hostEnd = end + 1
        } else {
            hostEnd = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.endIndex
            host = bytes[..<hostEnd]
        }
        while host.last == 0x20 { host.removeLast() }
        guard !host.isEmpty, host.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
        let name = String(decoding: host, as: UTF8.self)
        let rest = SIPText.trimmed(bytes[hostEnd...])
        if rest.isEmpty { return (name, nil) }
        guard rest.utf8.first == UInt8(ascii: ":"),
            let port = SIPText.number(
                SIPText.trimmed(Array(rest.utf8)[1...]),
                atMost: 65_535
            ), port > 0
        else { return nil }
        return (name, port)
    }
}
