/// How a fetcher treats servers.
public struct HTTPSettings: Sendable {
    /// How long a connection, with its TLS handshake, may take.
    public var connectTimeout: Duration
    /// How long one request may take, from the first byte to the last, redirects included.
    /// Each repetition has this time anew.
    public var timeout: Duration
    /// The largest body that is taken in, in bytes after decompression.
    public var largestBody: Int
    /// A PEM file of authorities that are trusted beside those of the system.
    public var certificateAuthorityFile: String?
    /// How many connections to one host are open at once.
    public var connectionsPerHost: Int
    public var retry: HTTPRetry

    public init(
        connectTimeout: Duration = .seconds(10),
        timeout: Duration = .seconds(60),
        largestBody: Int = 64 << 20,
        certificateAuthorityFile: String? = nil,
        connectionsPerHost: Int = 8,
        retry: HTTPRetry = HTTPRetry()
    ) {
        self.connectTimeout = connectTimeout
        self.timeout = timeout
        self.largestBody = largestBody
        self.certificateAuthorityFile = certificateAuthorityFile
        self.connectionsPerHost = connectionsPerHost
        self.retry = retry
    }
}
