package import SIP

/// What dials codes for ``MXOneExchange``.
package protocol MXOneDialler: Sendable {
    /// - Throws: ``SIPError`` where the exchange is not there.
    func look() async throws

    /// - Throws: ``SIPError`` `unsent` where certainly nothing was sent.
    func dial(_ code: String) async throws -> DialOutcome
}

/// Over SIP, from an extension that may set absences for others.
struct SIPDialler: MXOneDialler {
    let client: SIPClient

    func look() async throws {
        try await client.look()
    }

    func dial(_ code: String) async throws -> DialOutcome {
        try await client.dial(code)
    }
}
