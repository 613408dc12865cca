/// Where SIP requests are sent: the proxy of a telephone system, as the customer file names it.
public struct SIPServer: Hashable, Sendable {
    /// A name, or an address in figures; an IPv6 address without its brackets.
    public var host: String
    public var port: UInt16
    public var transport: Transport

    public enum Transport: String, CaseIterable, Hashable, Sendable {
        case udp, tcp, tls
    }

    /// - Parameter port: 5060, or 5061 for TLS, where left out (RFC 3261 19.1.2).
    public init(host: String, port: UInt16? = nil, transport: Transport = .udp) {
        self.host = host
        self.port = port ?? (transport == .tls ? 5061 : 5060)
        self.transport = transport
    }

    /// Reads `sip:HOST[:PORT][;transport=udp|tcp|tls]`; nil for anything else. `sips:` is TLS.
    public init?(uri: String) {
        let form =
            /sip(?<secure>s)?:(?:\[(?<figures>[0-9A-Fa-f:.]+)\]|(?<name>[A-Za-z0-9.-]+))(?::(?<port>[0-9]{1,5}))?(?:;transport=(?<transport>[A-Za-z]+))?/
        guard let match = uri.wholeMatch(of: form),
            let host = match.output.figures ?? match.output.name
        else { return nil }
        var transport = Transport.udp
        if let name = match.output.transport {
            guard let known = Transport(rawValue: name.lowercased()) else { return nil }
            transport = known
        }
        if match.output.secure != nil { transport = .tls }
        var port: UInt16?
        if let digits = match.output.port {
            guard let number = UInt16(digits), number > 0 else { return nil }
            port = number
        }
        self.init(host: String(host), port: port, transport: transport)
    }

    /// Its URI with `address` for its host.
    func uri(at address: String) -> String {
        let host = address.contains(":") ? "[\(address)]" : address
        return "sip:\(host):\(port);transport=\(transport.rawValue)"
    }
}

extension SIPServer: CustomStringConvertible {
    public var description: String { uri(at: host) }
}

/// Who asks, and how it proves that.
///
/// Descriptions and mirror leave the password out.
public struct SIPAccount: Hashable, Sendable {
    /// The domain of the telephone system, for addresses.
    public var domain: String
    /// The user part of the address that requests come from, such as an extension.
    public var name: String
    /// What answers a challenge (RFC 3261 22); nil where none is to be answered.
    public var credentials: SIPCredentials?

    public init(domain: String, name: String, credentials: SIPCredentials? = nil) {
        self.domain = domain
        self.name = name
        self.credentials = credentials
    }
}

/// A user name and a password, which no description tells.
public struct SIPCredentials: Hashable, Sendable {
    public var user: String
    public var password: String

    public init(user: String, password: String) {
        self.user = user
        self.password = password
    }
}

extension SIPCredentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "password of \(user)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}
