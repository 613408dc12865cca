import Foundation
import HTTPServing

/// What tests steer the simulator by, below /simulator; needs no authorization.
struct ControlFace: ProtocolFace {
    static let folder = "simulator"

    var simulation: Simulation

    func answer(_ request: ServerRequest) async -> ServerAnswer? {
        let parts = request.pathParts
        guard parts.first == Self.folder, parts.count > 1 else { return nil }
        switch (request.method, parts[1]) {
        case ("GET", "counts"):
            return .json { simulation.counts.write(to: &$0) }
        case ("DELETE", "counts"):
            simulation.counts.reset()
            return .text(200, "reset\n")
        case ("POST", "faults"):
            return addFault(request)
        case ("DELETE", "faults"):
            simulation.faults.clear()
            return .text(200, "cleared\n")
        case ("POST", "limits"):
            return enforceLimits(request)
        case ("POST", "changes"):
            return change(request)
        case ("POST", "groups"):
            return setGroup(request)
        case ("GET", "organisation"):
            return organisation(request)
        default:
            return nil
        }
    }

    private struct FaultOrder: Decodable {
        var fault: String
        var `protocol`: String
        var mailbox: String?
        var times: Int?
    }

    private func addFault(_ request: ServerRequest) -> ServerAnswer {
        guard let order = try? JSONDecoder().decode(FaultOrder.self, from: Data(request.body)),
            let name = Fault.Name(rawValue: order.fault),
            let protocolName = ProtocolName(rawValue: order.protocol)
        else {
            let names = Fault.Name.allCases.map(\.rawValue).joined(separator: ", ")
            return .text(400, "a fault is one of \(names); a protocol graph, ews or google\n")
        }
        simulation.faults.add(
            Fault(
                name: name,
                protocolName: protocolName,
                mailbox: order.mailbox?.lowercased(),
                times: order.times
            )
        )
        return .text(200, "on\n")
    }

    private struct LimitsOrder: Decodable {
        var enforced: Bool
    }

    private func enforceLimits(_ request: ServerRequest) -> ServerAnswer {
        guard let order = try? JSONDecoder().decode(LimitsOrder.self, from: Data(request.body))
        else { return .text(400, "as {\"enforced\":false}\n") }
        simulation.limits.turn(on: order.enforced)
        return .text(200, order.enforced ? "on\n" : "off\n")
    }

    private struct ChangeOrder: Decodable {
        var percent: Double?
        var mailbox: String?
        var action: String?
        var count: Int?
    }

    /// Answers `{"count":3,"done":[{"action","mailbox","uid","day"}]}`; the list is empty for a
    /// percentage.
    private func change(_ request: ServerRequest) -> ServerAnswer {
        guard let order = try? JSONDecoder().decode(ChangeOrder.self, from: Data(request.body))
        else { return .text(400, "no JSON\n") }
        if let percent = order.percent {
            let count = simulation.organisation.perform(percent: percent)
            return .json {
                $0.object {
                    $0.member("count", count); $0.member("done") { $0.array { _ in } }
                }
            }
        }
        guard let mailbox = order.mailbox.flatMap({ simulation.organisation.number(of: $0) }),
            let action = order.action.flatMap({ ChangeAction(rawValue: $0) })
        else {
            let names = ChangeAction.allCases.map(\.rawValue).joined(separator: ", ")
            return .text(400, "no such mailbox, or the action is not one of \(names)\n")
        }
        let done = (0..<(order.count ?? 1)).compactMap { _ in
            simulation.organisation.perform(action, mailbox: mailbox)
        }
        return .json { writer in
            writer.object { writer in
                writer.member("count", done.count)
                writer.member("done") {
                    $0.array { writer in
                        for one in done {
                            writer.object {
                                $0.member("action", one.action.rawValue)
                                $0.member("mailbox", one.mailbox)
                                $0.member("uid", one.uid)
                                $0.member("day", one.day?.description)
                            }
                        }
                    }
                }
            }
        }
    }

    private struct GroupOrder: Decodable {
        var group: String
        var members: [String]
    }

    private func setGroup(_ request: ServerRequest) -> ServerAnswer {
        guard let order = try? JSONDecoder().decode(GroupOrder.self, from: Data(request.body))
        else { return .text(400, "a group and its members are needed\n") }
        simulation.groups.set(order.group, members: order.members)
        return .text(200, "set\n")
    }

    private func organisation(_ request: ServerRequest) -> ServerAnswer {
        guard let start = request.parameter("start").flatMap({ Instant(iso: $0) }),
            let end = request.parameter("end").flatMap({ Instant(iso: $0) }), start < end
        else { return .text(400, "start and end are needed, as 2026-11-23T00:00:00Z\n") }
        let organisation = simulation.organisation
        var numbers = Array(1...max(organisation.mailboxCount, 1))
        if let address = request.parameter("mailbox") {
            guard let number = organisation.number(of: address) else {
                return .text(404, "no such mailbox\n")
            }
            numbers = [number]
        }
        // By address, not by number: user10 comes before user2.
        let addresses = numbers.map { (organisation.address(of: $0), $0) }.sorted { $0.0 < $1.0 }
        return .json { writer in
            writer.array { writer in
                for (_, number) in addresses {
                    let mailbox = organisation.mailbox(number)
                    for event in NormalisedEvent.all(in: mailbox, overlapping: start..<end) {
                        event.write(to: &writer)
                    }
                }
            }
        }
    }
}
