import Foundation
import HTTPServing

/// Tokens for client credentials (RFC 6749 4.4).
struct TokenFace: ProtocolFace {
    var system: System

    func answer(_ request: ServerRequest) async -> ServerAnswer? {
        guard request.pathParts == ["oauth", "token"] else { return nil }
        let answer = token(request)
        system.counts.add("token", status: String(answer.status))
        return answer
    }

    private func token(_ request: ServerRequest) -> ServerAnswer {
        guard request.method == "POST" else { return Problem.notAllowed(["POST"]).answer }
        let type = request.header("Content-Type")?.split(separator: ";").first ?? ""
        guard type.lowercased() == "application/x-www-form-urlencoded" else {
            return Problem(415, "not-a-form", "The body must be a form.").answer
        }
        let form = request.form
        guard let grant = form["grant_type"] else { return Self.refusal(400, "invalid_request") }
        guard grant == "client_credentials" else {
            return Self.refusal(400, "unsupported_grant_type")
        }
        guard let token = system.access.token(for: request, form) else {
            return Self.refusal(401, "invalid_client")
        }
        return .json(headers: [("Cache-Control", "no-store")]) {
            $0.object {
                $0.member("access_token", token)
                $0.member("token_type", "Bearer")
                $0.member("expires_in", system.access.life)
            }
        }
    }

    private static func refusal(_ status: Int, _ code: String) -> ServerAnswer {
        .json(status, headers: status == 401 ? [("WWW-Authenticate", "Basic")] : []) {
            $0.object { $0.member("error", code) }
        }
    }
}
