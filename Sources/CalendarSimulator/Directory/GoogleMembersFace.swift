import HTTPServing

/// Members of a group in Google's Admin SDK: `members.list` of the Directory API.
struct GoogleMembersFace: ProtocolFace {
    private static let root = ["admin", "directory", "v1", "groups"]
    /// Default and largest number of rows, as the API's reference has it for `maxResults`.
    private static let pageSize = 200

    var simulation: Simulation

    func answer(_ request: ServerRequest) async -> ServerAnswer? {
        let parts = request.pathParts
        guard parts.count == 6, Array(parts.prefix(4)) == Self.root, parts[5] == "members" else {
            return nil
        }
        simulation.counts.add(.google)
        let tokens = simulation.tokens
        guard tokens.subject(of: request.bearer, for: .google, mailbox: nil) != nil else {
            return Self.error(401, "authError", "Invalid Credentials")
        }
        if let refusal = faults() { return refusal }
        await simulation.wait()
        let answer = list(request, group: parts[4])
        return simulation.faults.damaged(answer, .google, mailbox: nil)
    }

    private func faults() -> ServerAnswer? {
        let faults = simulation.faults
        if faults.strike(.forbidden, .google, mailbox: nil) {
            return Self.error(403, "forbidden", "Not Authorized to access this resource/api")
        }
        if faults.strike(.throttled, .google, mailbox: nil) {
            return Self.error(403, "userRateLimitExceeded", "User Rate Limit Exceeded")
        }
        if faults.strike(.unavailable, .google, mailbox: nil) {
            return Self.error(503, "backendError", "Service unavailable. Please try again")
        }
        if faults.strike(.internal, .google, mailbox: nil) {
            return Self.error(500, "backendError", "Backend Error")
        }
        return nil
    }

    private func list(_ request: ServerRequest, group: String) -> ServerAnswer {
        guard let members = simulation.groups.members(of: group) else {
            return Self.error(404, "notFound", "Resource Not Found: groupKey")
        }
        let asked = request.parameter("maxResults").flatMap { Int($0) } ?? Self.pageSize
        let begin = request.parameter("pageToken").flatMap { Int($0) } ?? 0
        let rows = members.dropFirst(begin).prefix(min(max(asked, 1), Self.pageSize))
        // Without it, a group in the group stands for its members.
        let isFlat = request.parameter("includeDerivedMembership") == "true"
        return .json { json in
            json.object { json in
                json.member("kind", "admin#directory#members")
                json.member("etag", "\"kk\"")
                // An empty group has no list at all.
                if !rows.isEmpty {
                    json.member("members") {
                        $0.array { json in
                            if begin == 0 { Self.writeGroup(to: &json) }
                            if isFlat { for row in rows { write(row, to: &json) } }
                        }
                    }
                }
                if isFlat, begin + rows.count < members.count {
                    json.member("nextPageToken", String(begin + rows.count))
                }
            }
        }
    }

    private static func writeGroup(to json: inout JSONWriter) {
        json.object {
            $0.member("kind", "admin#directory#member")
            $0.member("id", "900000000000000000001")
            $0.member("email", "nested@\(OrganisationSettings.domain)")
            $0.member("role", "MEMBER")
            $0.member("type", "GROUP")
        }
    }

    private func write(_ address: String, to json: inout JSONWriter) {
        let number = simulation.organisation.number(of: address) ?? 0
        json.object {
            $0.member("kind", "admin#directory#member")
            $0.member("id", "1\(number)")
            $0.member("email", address)
            $0.member("role", "MEMBER")
            $0.member("type", "USER")
            $0.member("status", "ACTIVE")
        }
    }

    private static func error(_ status: Int, _ reason: String, _ message: String) -> ServerAnswer {
        .json(status) {
            $0.object {
                $0.member("error") {
                    $0.object {
                        $0.member("code", status)
                        $0.member("message", message)
                        $0.member("errors") {
                            $0.array {
                                $0.object {
                                    $0.member("domain", "global")
                                    $0.member("reason", reason)
                                    $0.member("message", message)
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
