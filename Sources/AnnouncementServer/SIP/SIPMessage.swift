/// A SIP message as it stands in a datagram (RFC 3261 section 7).
struct SIPMessage: Equatable, Sendable {
    enum StartLine: Equatable, Sendable {
        case request(method: String, uri: String)
        case response(status: Int, reason: String)
    }

    struct Header: Equatable, Sendable {
        /// In lower case and in full: `call-id`, also where `i` or `Call-ID` was written.
        var name: String
        var value: String
    }

    var startLine: StartLine
    var headers: [Header] = []
    var body: [UInt8] = []

    init(_ startLine: StartLine) {
        self.startLine = startLine
    }

    /// The first value of a header, whole.
    func first(_ name: String) -> String? {
        headers.first { $0.name == name }?.value
    }

    /// All values of a header in their order, also those that share a line (RFC 3261 7.3.1).
    func all(_ name: String) -> [String] {
        headers.filter { $0.name == name }.flatMap { SIPText.list($0.value) }
    }

    mutating func add(_ name: String, _ value: String) {
        headers.append(Header(name: name, value: value))
    }

    /// The datagram, with the length of the body.
    var bytes: [UInt8] {
        var text =
            switch startLine {
            case .request(let method, let uri): "\(method) \(uri) \(Self.version)\r\n"
            case .response(let status, let reason): "\(Self.version) \(status) \(reason)\r\n"
            }
        for header in headers { text += "\(Self.written(header.name)): \(header.value)\r\n" }
        text += "Content-Length: \(body.count)\r\n\r\n"
        return Array(text.utf8) + body
    }

    /// As people write header names; some phones look at letter case though they must not.
    private static func written(_ name: String) -> String {
        switch name {
        case "call-id": "Call-ID"
        case "cseq": "CSeq"
        default:
            name.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }
                .joined(separator: "-")
        }
    }
}

extension SIPMessage {
    private static let version = "SIP/2.0"
    /// More than phones and proxies send.
    private static let mostHeaders = 200
    /// RFC 3261 7.3.3.
    private static let compactNames = [
        "v": "via", "f": "from", "t": "to", "i": "call-id", "m": "contact",
        "l": "content-length", "c": "content-type", "e": "content-encoding", "k": "supported",
        "s": "subject",
    ]

    /// Reads a datagram; nil where it is no SIP message, or one that is cut off.
    init?(_ bytes: some Sequence<UInt8>) {
        let bytes = Array(bytes)
        guard let (lines, bodyStart) = Self.head(of: bytes), let first = lines.first,
            let startLine = Self.startLine(SIPText.trimmed(first))
        else { return nil }
        self.init(startLine)
        for line in lines.dropFirst() {
            if let byte = line.first, byte == 0x20 || byte == 0x09, !headers.isEmpty {
                // A header that goes on (7.3.1).
                headers[headers.count - 1].value += " " + SIPText.trimmed(line)
                continue
            }
            guard headers.count < Self.mostHeaders,
                let colon = line.firstIndex(of: UInt8(ascii: ":"))
            else { return nil }
            let name = SIPText.trimmed(line[..<colon]).lowercased()
            guard SIPText.isToken(name) else { return nil }
            add(Self.compactNames[name] ?? name, SIPText.trimmed(line[(colon + 1)...]))
        }
        body = Array(bytes[bodyStart...])
        guard let length = self.first("content-length") else { return }
        // What stands behind it in a datagram is no part of the message (18.3).
        guard let count = SIPText.number(length, atMost: body.count) else { return nil }
        body = Array(body.prefix(count))
    }

    /// The lines before the empty one, without their ends, and where the body begins.
    private static func head(of bytes: [UInt8]) -> ([ArraySlice<UInt8>], Int)? {
        var lines: [ArraySlice<UInt8>] = []
        // Empty lines before the message are skipped (7.5).
        var start = bytes.firstIndex { $0 != 0x0D && $0 != 0x0A } ?? bytes.endIndex
        while let end = bytes[start...].firstIndex(of: 0x0A) {
            var line = bytes[start..<end]
            if line.last == 0x0D { line.removeLast() }
            start = end + 1
            if line.isEmpty { return (lines, start) }
            lines.append(line)
        }
        return nil
    }

    private static func startLine(_ line: String) -> StartLine? {
        let (first, rest) = SIPText.cut(line, at: " ")
        guard let rest else { return nil }
        let (second, third) = SIPText.cut(rest, at: " ")
        if first == version {
            guard let status = SIPText.number(second, atMost: 699), status >= 100 else {
                return nil
            }
            return .response(status: status, reason: third ?? "")
        }
        guard third == version, SIPText.isToken(first), !second.isEmpty else { return nil }
        return .request(method: first, uri: second)
    }
}
