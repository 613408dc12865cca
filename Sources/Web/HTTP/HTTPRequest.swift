public import Foundation

/// A request of ours.
public struct HTTPRequest: Sendable {
    /// GET, PROPFIND, REPORT and so on, in upper case.
    public var method: String
    /// An absolute http or https URL.
    public var url: URL
    /// Names and values, without `Authorization`, `User-Agent` and `Accept-Encoding`.
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]
    /// Shown to the host of ``url`` only.
    public var credentials: HTTPCredentials?
    /// True where nothing on the server changes by the request, whatever its method says.
    public var isReadOnly = false

    public init(
        _ method: String = "GET",
        _ url: URL,
        headers: [(name: String, value: String)] = [],
        body: [UInt8] = [],
        credentials: HTTPCredentials? = nil
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.credentials = credentials
    }

    /// True where a second request has the effect of one, by the IANA registry of HTTP methods
    /// (RFC 9110 9.2.2), so that it may be repeated after a lost connection.
    package var isIdempotent: Bool {
        isReadOnly
            || [
                "GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PROPFIND", "REPORT", "MKCOL",
                "MKCALENDAR",
            ].contains(method)
    }
}
