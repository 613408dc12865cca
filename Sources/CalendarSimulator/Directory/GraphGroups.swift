import HTTPServing

/// Members of groups in Graph (calendar-apis.md 1.6).
struct GraphGroups {
    private static let defaultPageSize = 100
    private static let largestPageSize = 999

    let simulation: Simulation
    let request: ServerRequest

    /// - Parameter parts: Of the path, from `groups` on.
    func answer(_ parts: [String]) -> ServerAnswer {
        guard request.method == "GET", parts.count >= 3, parts[2] == "transitiveMembers" else {
            return GraphError.notSupported
        }
        let isCast = parts.count > 3
        guard !isCast || ["microsoft.graph.user", "graph.user"].contains(parts[3]) else {
            return GraphError.notSupported
        }
        let selected = request.parameter("$select")
        let top = request.parameter("$top").flatMap { Int($0) } ?? Self.defaultPageSize
        // Resource units of a tenant of more than 500 users (calendar-apis.md 1.4).
        let cost = 5 - (selected == nil ? 0 : 1) - (top < 20 ? 1 : 0)
        guard
            simulation.limits.spend(
                "tenant",
                cost: cost,
                most: 8000,
                seconds: 10,
                breach: "graph_directory_units"
            )
        else { return GraphError.throttled("Too many requests.") }
        if isCast {
            // The header must be repeated on every page, and $count stands in its link.
            guard request.header("ConsistencyLevel")?.lowercased() == "eventual",
                request.parameter("$count") == "true"
            else {
                return GraphError.badRequest(
                    "Request_UnsupportedQuery",
                    "The request needs the header ConsistencyLevel: eventual and $count=true."
                )
            }
        }
        guard let members = simulation.groups.members(of: parts[1]) else {
            return GraphError.answer(
                404,
                "Request_ResourceNotFound",
                "Resource '\(parts[1])' does not exist or one of its queried reference-property "
                    + "objects are not present."
            )
        }
        return page(of: members, isCast: isCast, size: min(max(top, 1), Self.largestPageSize))
    }

    private func page(of members: [String], isCast: Bool, size: Int) -> ServerAnswer {
        let begin = request.parameter("$skiptoken").flatMap { Int($0) } ?? 0
        let fields = request.parameter("$select")?.split(separator: ",").map(String.init)
        let rows = members.dropFirst(begin).prefix(size)
        return .json { json in
            json.object { json in
                json.member("@odata.context", "\(request.origin)/v1.0/$metadata#directoryObjects")
                if request.parameter("$count") == "true" {
                    json.member("@odata.count", members.count)
                }
                if begin + rows.count < members.count {
                    json.member("@odata.nextLink", link(begin + rows.count))
                }
                json.member("value") {
                    $0.array { json in
                        // The list is flat and of mixed types: nested groups stand in it too.
                        if !isCast, begin == 0, !members.isEmpty { writeNestedGroup(to: &json) }
                        for address in rows {
                            Users.write(
                                address,
                                simulation.organisation,
                                selected: fields.map(Set.init),
                                hasType: true,
                                to: &json
                            )
                        }
                    }
                }
            }
        }
    }

    private func writeNestedGroup(to json: inout JSONWriter) {
        json.object {
            $0.member("@odata.type", "#microsoft.graph.group")
            $0.member("id", "11111111-0000-4000-8000-000000000001")
            $0.member("displayName", "Eine Gruppe in der Gruppe")
            $0.member("mail", "nested@\(OrganisationSettings.domain)")
        }
    }

    private func link(_ position: Int) -> String {
        let kept = request.target.split(separator: "?", maxSplits: 1).dropFirst().first ?? ""
        let others = kept.split(separator: "&").filter {
            !$0.lowercased().hasPrefix("$skiptoken=") && !$0.lowercased().hasPrefix("%24skiptoken=")
        }
        let query = (others.map(String.init) + ["$skiptoken=\(position)"]).joined(separator: "&")
        return "\(request.origin)\(request.path)?\(query)"
    }
}
