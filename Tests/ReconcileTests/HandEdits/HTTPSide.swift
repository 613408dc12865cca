import Foundation
import Telephony
import TestSupport
import Web

/// The exchange `http`: somebody at the vendor's own screen.
struct HTTPSide: TelephoneSide {
    let exchange: any TelephonyExchange
    let server: RunningExchange

    var keepsStarts: Bool { true }

    /// Runs a server with a telephone side over it while `body` runs.
    static func run(_ body: (HTTPSide) async throws -> Void) async throws {
        try await ReferenceExchangeProcess(at: at(7)).run { server in
            let fetcher = try HTTPFetcher(HTTPSettings())
            do {
                let exchange = HTTPExchange(
                    url: server.url,
                    access: .apiKey(RunningExchange.Access.apiKey),
                    fetcher: fetcher
                )
                try await body(HTTPSide(exchange: exchange, server: server))
                try await fetcher.shutdown()
            } catch {
                try await fetcher.shutdown()
                throw error
            }
        }
    }

    func setClock(_ instant: Date) async throws {
        try await server.setClock(instant)
    }

    func standing(at instant: Date) async throws -> [StandingAbsence] {
        try await server.truth().absences.filter { $0.endsAt > instant }.map { entry in
            StandingAbsence(
                entryKey: entry.entryKey,
                phone: entry.extension,
                startsAt: entry.startsAt,
                endsAt: entry.endsAt,
                kind: entry.kind,
                reason: entry.reason,
                origin: entry.origin,
                setBy: entry.setBy,
                isOurs: entry.origin == "calendar"
            )
        }
    }

    func perform(_ edit: HandEdit, on phone: String) async throws {
        switch edit {
        case .delete:
            try await server.delete(try await ourEntry(of: phone))
        case .changeEnd:
            try await server.change(
                try await ourEntry(of: phone),
                to: absence(of: phone, "direct", "away", at(9), at(10, 45))
            )
        case .changeKind:
            try await server.change(
                try await ourEntry(of: phone),
                to: absence(of: phone, "open", "away", at(9), at(10))
            )
        case .ownOver:
            try await server.create(absence(of: phone, "open", "errand", at(9, 20), at(9, 40)))
        case .ownBeside:
            try await server.create(absence(of: phone, "open", "errand", at(10), at(11)))
        }
    }

    private func ourEntry(of phone: String) async throws -> String {
        let entries = try await server.truth().absences
        return entries.first { $0.extension == phone && $0.origin == "calendar" }?.entryKey ?? ""
    }

    /// The schema `Absence`.
    private func absence(
        of phone: String,
        _ kind: String,
        _ reason: String,
        _ start: Date,
        _ end: Date
    ) -> [String: any Sendable] {
        [
            "extension": phone, "kind": kind, "reason": reason, "announced_reason": reason,
            "starts_at": start.formatted(.iso8601), "ends_at": end.formatted(.iso8601),
            "back_at": end.formatted(.iso8601), "target": "announcement", "ring_seconds": 15,
        ]
    }
}
