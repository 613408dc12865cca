public import Foundation

/// A whole answer of a server: a body that was cut off never becomes one.
public struct HTTPAnswer: Sendable {
    public var status: Int
    public var headers: [(name: String, value: String)]
    /// The body after decompression.
    public var body: [UInt8]
    /// Where the answer came from, after redirects.
    public var url: URL

    public init(
        status: Int,
        headers: [(name: String, value: String)] = [],
        body: [UInt8] = [],
        url: URL
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.url = url
    }

    /// The first value of the header `name`, in any letter case, without surrounding blanks.
    public func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }
            .map { $0.value.trimmingCharacters(in: .whitespaces) }
    }
}
