import Foundation
import Web

/// Asks Google as users, within budgets, and again where a refusal is for a moment only.
struct GoogleClient: Sendable {
    var account: GoogleServiceAccount
    var fetcher: HTTPFetcher
    var tokens: AccessTokens
    var budgets: GoogleBudgets

    /// The answer to a GET in the name of `user`: a success, or a refusal that stands.
    ///
    /// - Throws: ``RemoteFailure`` where there is no token or no whole answer.
    func answer(_ url: URL, as user: String) async throws -> HTTPAnswer {
        let budget = await budgets.budget(of: user)
        var attempt = 1
        var isRenewed = false
        while true {
            let token = try await token(for: user)
            let answer = try await budget.run {
                try await budgets.project.run {
                    try await fetcher.send(
                        HTTPRequest(
                            "GET",
                            url,
                            headers: [("Accept", "application/json")],
                            credentials: .bearer(token: token)
                        ),
                        repeating: .lostConnections
                    )
                }
            }
            if answer.status == 200 { return answer }
            if answer.status == 401, !isRenewed {
                await tokens.forget(token)
                isRenewed = true
                continue
            }
            let refusal = GoogleRefusal(answer)
            var retry = fetcher.retry
            // A minute's quota comes back within the minute.
            if refusal.isOfQuota { retry.attempts += 3 }
            guard refusal.isMomentary, let wait = retry.wait(after: attempt, answer: answer) else {
                return answer
            }
            fetcher.counts.countWait(wait, isRetry: true)
            try await Task.sleep(for: wait)
            attempt += 1
        }
    }

    private func token(for user: String) async throws -> String {
        do {
            return try await tokens.token(for: user)
        } catch let failure as RemoteFailure where failure.code == .refused {
            let client = account.clientID.map { "client \($0)" } ?? account.email
            throw RemoteFailure(
                .refused,
                "\(failure.description): is the address that of a user of the domain, and has "
                    + "the Admin console the scope \(GoogleSource.scope) delegated to \(client)?"
            )
        }
    }
}
