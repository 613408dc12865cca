import Announcements
import NIOCore

/// The lines of a session description that matter here.
struct SessionDescription {
    struct Medium {
        var kind: String
        var port: Int
        var transport: String
        var formats: [String]
        var address: String?
        var direction: String?
        /// What formats of the offer's own mean, such as `PCMA/8000`.
        var names: [String: String] = [:]
    }

    private(set) var address: String?
    private(set) var direction: String?
    private(set) var media: [Medium] = []

    /// Nil where this is no session description.
    init?(_ body: [UInt8]) {
        let lines = body.split(separator: 0x0A).map(SIPText.trimmed)
        guard lines.first == "v=0", lines.count <= 500 else { return nil }
        for line in lines.dropFirst() {
            let (type, value) = SIPText.cut(line, at: "=")
            guard let value else { return nil }
            switch type {
            case "c": connect(to: value)
            case "m":
                guard let medium = Medium(value) else { return nil }
                media.append(medium)
            case "a": read(attribute: value)
            default: break
            }
        }
        for index in media.indices where media[index].direction == nil {
            media[index].direction = direction
        }
    }

    private mutating func connect(to value: String) {
        let words = value.split(separator: " ")
        guard words.count == 3, words[0] == "IN", words[1] == "IP4" || words[1] == "IP6" else {
            return
        }
        if media.isEmpty {
            address = String(words[2])
        } else {
            media[media.count - 1].address = String(words[2])
        }
    }

    private mutating func read(attribute: String) {
        switch attribute {
        case "sendrecv", "sendonly", "recvonly", "inactive":
            if media.isEmpty {
                direction = attribute
            } else {
                media[media.count - 1].direction = attribute
            }
        case _ where attribute.hasPrefix("rtpmap:") && !media.isEmpty:
            let (format, name) = SIPText.cut(String(attribute.dropFirst(7)), at: " ")
            media[media.count - 1].names[format] = name?.uppercased()
        default: break
        }
    }

    /// What a description of ours begins with.
    static func head(_ source: Endpoint, session: UInt32) -> [String] {
        let place =
            "IN \(source.host.utf8.contains(UInt8(ascii: ":")) ? "IP6" : "IP4") \(source.host)"
        return ["v=0", "o=annc \(session) 1 \(place)", "s=-", "c=\(place)", "t=0 0"]
    }

    /// A stream of ours.
    static func stream(_ source: Endpoint, _ law: Law, _ payloadType: UInt8) -> [String] {
        [
            "m=audio \(source.port) RTP/AVP \(payloadType)",
            "a=rtpmap:\(payloadType) PCM\(law.rawValue.uppercased())/8000", "a=ptime:20",
            "a=sendonly",
        ]
    }

    static func written(_ lines: [String]) -> [UInt8] {
        Array(lines.map { "\($0)\r\n" }.joined().utf8)
    }
}

extension SessionDescription.Medium {
    fileprivate init?(_ value: String) {
        let words = value.split(separator: " ").map(String.init)
        guard words.count >= 4,
            let port = SIPText.number(SIPText.cut(words[1], at: "/").0, atMost: 65_535)
        else { return nil }
        self.init(
            kind: words[0],
            port: port,
            transport: words[2],
            formats: Array(words[3...])
        )
    }

    /// The first of the formats that is a law, which the caller likes best (RFC 3264 section 6.1).
    var law: (Law, UInt8)? {
        guard kind == "audio", transport == "RTP/AVP" else { return nil }
        guard direction != "sendonly", direction != "inactive" else { return nil }
        for format in formats {
            guard let number = SIPText.number(format, atMost: 127) else { continue }
            for law in Law.allCases {
                let name = "PCM\(law.rawValue.uppercased())/8000"
                let isMeant =
                    names[format].map { $0 == name || $0 == "\(name)/1" }
                    ?? (number == Int(law.payloadType))
                if isMeant { return (law, UInt8(number)) }
            }
        }
        return nil
    }

    /// Nil where no sound may be sent: to nobody (0.0.0.0, an old way to hold), to many, or to a
    /// port that telephones do not take sound at.
    func destination(default address: String?) -> Endpoint? {
        guard port >= 1_024, let host = self.address ?? address,
            let parsed = try? SocketAddress(ipAddress: host, port: port)
        else { return nil }
        guard !parsed.isMulticast, !["0.0.0.0", "::", "255.255.255.255"].contains(host) else {
            return nil
        }
        return Endpoint(host: host, port: port)
    }
}
