import Foundation
import HTTPServing

/// What tests steer the system by, below /reference; no part of the interface.
struct ControlFace: ProtocolFace {
    var system: System

    func answer(_ request: ServerRequest) async -> ServerAnswer? {
        guard request.pathParts.first == "reference", request.pathParts.count == 2 else {
            return nil
        }
        switch (request.method, request.pathParts[1]) {
        case ("POST", "faults"):
            return order(request) { (fault: Fault) in system.faults.add(fault) }
        case ("DELETE", "faults"):
            system.faults.clear()
            return .text(200, "cleared\n")
        case ("POST", "hand"):
            return order(request, hand)
        case ("POST", "clock"):
            return order(request) { (order: ClockOrder) in
                system.clock.stand(at: order.at.flatMap { Date(rfc3339: $0) })
            }
        case ("POST", "unknown"):
            return order(request) { (extensions: [String]) in
                system.withBoard { $0.unknownExtensions = Set(extensions) }
            }
        case ("POST", "capabilities"):
            return order(request) { (capabilities: Capabilities) in
                system.withBoard { $0.capabilities = capabilities }
            }
        case ("GET", "counts"):
            return counts()
        case ("DELETE", "counts"):
            system.counts.reset()
            return .text(200, "reset\n")
        case ("GET", "truth"):
            return truth()
        default:
            return nil
        }
    }

    private struct ClockOrder: Decodable {
        var at: String?
    }

    /// What a person does by hand.
    private struct HandOrder: Decodable {
        var action: Action
        var by: Entry.Origin
        var name: String
        /// Of the absence that is changed or deleted.
        var entryKey: String?
        /// Of the absence that is created, or what is changed of it.
        var absence: Absence?

        enum Action: String, Decodable {
            case create, change, delete
        }

        private enum CodingKeys: String, CodingKey {
            case action, by, name
            case entryKey = "entry_key"
            case absence
        }
    }

    private struct NoSuchEntry: Error {}

    private func hand(_ order: HandOrder) throws {
        try system.withBoard { board in
            let number = order.entryKey.flatMap { Int($0.dropFirst()) }
            let entry = number.flatMap { board.entries[$0] }
            switch order.action {
            case .delete:
                guard let entry else { throw NoSuchEntry() }
                board.remove(entry.number)
            case .create:
                guard let absence = order.absence else { throw NoSuchEntry() }
                board.put(
                    absence,
                    key: nil,
                    origin: order.by,
                    by: order.name,
                    at: system.clock.now
                )
            case .change:
                guard let absence = order.absence, let entry else { throw NoSuchEntry() }
                board.put(
                    absence,
                    over: entry.number,
                    key: entry.absenceKey,
                    origin: entry.origin,
                    by: order.name,
                    at: system.clock.now
                )
            }
        }
    }

    private func order<Order: Decodable>(
        _ request: ServerRequest,
        _ body: (Order) throws -> Void
    ) -> ServerAnswer {
        do {
            try body(try JSONDecoder().decode(Order.self, from: Data(request.body)))
            return .text(200, "done\n")
        } catch {
            return .text(400, "\(error)\n")
        }
    }

    private func counts() -> ServerAnswer {
        guard let data = try? JSONEncoder().encode(system.counts.numbers) else {
            return .text(500, "")
        }
        return .json { $0.raw([UInt8](data)) }
    }

    /// Everything that stands there, ended or not, and how often what was done.
    private func truth() -> ServerAnswer {
        let board = system.withBoard { $0 }
        return .json { writer in
            writer.object { writer in
                writer.member("absences") {
                    $0.array { writer in
                        for entry in board.entries.values.sorted(by: { $0.number < $1.number }) {
                            writer.value(entry)
                        }
                    }
                }
                writer.member("phones") {
                    $0.object { writer in
                        for (number, phone) in board.phones.sorted(by: { $0.key < $1.key }) {
                            writer.member(named: number) { $0.value(phone.displayName) }
                        }
                    }
                }
                writer.member("fence", board.fence)
                writer.member("batches", board.results.count)
                writer.member("effects", board.effects.values.reduce(0, +))
                writer.member("repeated", board.effects.values.count { $0 > 1 })
            }
        }
    }
}
