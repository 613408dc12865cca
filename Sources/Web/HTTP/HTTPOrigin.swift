package import Foundation

/// Scheme, host and port of a URL (RFC 6454): to whom credentials may be shown.
package struct HTTPOrigin: Hashable, Sendable, CustomStringConvertible {
    package var scheme: String
    package var host: String
    package var port: Int

    /// Nil where `url` is not an absolute http or https URL.
    package init?(_ url: URL) {
        guard let scheme = url.scheme?.lowercased(), let host = url.host()?.lowercased(),
            !host.isEmpty, let standardPort = Self.standardPorts[scheme]
        else { return nil }
        self.scheme = scheme
        self.host = host
        self.port = url.port ?? standardPort
    }

    /// As it stands in messages: without path, query and user, which may hold secrets.
    package var description: String {
        let shownHost = host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host
        return port == Self.standardPorts[scheme]
            ? "\(scheme)://\(shownHost)" : "\(scheme)://\(shownHost):\(port)"
    }

    private static let standardPorts = ["http": 80, "https": 443]
}
