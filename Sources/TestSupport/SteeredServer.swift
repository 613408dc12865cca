import Foundation
import Web

/// A server of ours that runs on loopback, and the folder of its paths by which tests steer it.
struct SteeredServer: Sendable {
    /// Scheme, host and port.
    let url: URL
    private let folder: String
    private let fetcher: HTTPFetcher

    /// - Parameter authority: the certificate to trust, where it speaks TLS.
    init(port: Int, authority: String?, folder: String) throws {
        guard let url = URL(string: "\(authority == nil ? "http" : "https")://127.0.0.1:\(port)")
        else { throw URLError(.badURL) }
        self.url = url
        self.folder = folder
        fetcher = try HTTPFetcher(
            HTTPSettings(
                largestBody: 1 << 30,
                certificateAuthorityFile: authority,
                retry: HTTPRetry(attempts: 1)
            )
        )
    }

    func end() async throws {
        try await fetcher.shutdown()
    }

    /// Sends an order, as JSON where there is one.
    @discardableResult
    func send(
        _ method: String,
        _ path: String,
        _ order: (any Sendable)? = nil
    ) async throws -> [UInt8] {
        let body = try order.map { [UInt8](try JSONSerialization.data(withJSONObject: $0)) } ?? []
        return try await send(method, path, body: body)
    }

    @discardableResult
    func send(_ method: String, _ path: String, body: [UInt8]) async throws -> [UInt8] {
        guard let address = URL(string: "\(url)/\(folder)/\(path)") else {
            throw URLError(.badURL)
        }
        let answer = try await fetcher.send(HTTPRequest(method, address, body: body))
        guard answer.status == 200 else {
            throw SimulatorRefusal(
                description: "\(method) \(path): \(answer.status) "
                    + String(decoding: answer.body, as: UTF8.self)
            )
        }
        return answer.body
    }
}

/// An order that the server did not understand.
public struct SimulatorRefusal: Error, CustomStringConvertible {
    public var description: String
}
