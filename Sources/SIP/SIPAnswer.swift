import CSIP

/// The answer to a request: its status, and those of its headers that count here.
struct SIPAnswer: Hashable, Sendable {
    var status: Int
    /// By name in small letters; the values in their order.
    private var headers: [String: [String]]

    init(status: Int, headers: [String: [String]] = [:]) {
        self.status = status
        self.headers = headers
    }

    init(_ message: OpaquePointer) {
        self.init(status: Int(kk_sip_status(message)))
        for name in Self.names {
            var values: [String] = []
            withUnsafeMutablePointer(to: &values) { values in
                kk_sip_each_header(message, name, values) { values, text, length in
                    values.assumingMemoryBound(to: [String].self).pointee.append(
                        String(
                            decoding: UnsafeRawBufferPointer(start: text, count: length),
                            as: UTF8.self
                        )
                    )
                }
            }
            headers[name] = values
        }
    }

    private static let names = [
        "to", "from", "call-id", "cseq", "contact", "record-route", "www-authenticate",
        "proxy-authenticate", "retry-after", "sip-etag", "expires", "min-expires",
    ]

    func all(_ name: String) -> [String] { headers[name] ?? [] }

    func first(_ name: String) -> String? { headers[name]?.first }

    /// A whole number of seconds at the beginning of a header, as `Retry-After: 5 (busy)` has it.
    func seconds(_ name: String) -> Int? {
        first(name).flatMap { Int($0.prefix(while: \.isWholeNumber)) }
    }

    var isProvisional: Bool { status < 200 }
    var isAcceptance: Bool { (200..<300).contains(status) }
}
