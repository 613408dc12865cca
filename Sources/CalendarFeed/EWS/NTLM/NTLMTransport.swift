import Foundation
import Web

/// Connections that NTLM has let in, as many as are in use at once.
actor NTLMTransport: EWSTransport {
    private let credentials: NTLMCredentials
    private let settings: HTTPSettings
    private let counts: TrafficCounts
    private var idle: [NTLMConnection] = []
    private var isClosed = false

    init(credentials: NTLMCredentials, settings: HTTPSettings, counts: TrafficCounts) {
        self.credentials = credentials
        self.settings = settings
        self.counts = counts
    }

    func send(_ request: HTTPRequest) async throws -> HTTPAnswer {
        // The one that was in use last is the likeliest to be open yet.
        let connection = try idle.popLast() ?? NTLMConnection(credentials, settings, counts)
        do {
            let answer = try await connection.send(request)
            await putBack(connection)
            return answer
        } catch {
            await putBack(connection)
            throw error
        }
    }

    func close() async {
        isClosed = true
        for connection in idle { await connection.close() }
        idle = []
    }

    private func putBack(_ connection: NTLMConnection) async {
        if isClosed {
            await connection.close()
        } else {
            idle.append(connection)
        }
    }
}
