import AbsenceModel
import Foundation
import Postgres
import SIP
import Telephony
import TestSupport
import Testing

extension PBXTests {
    /// The exchange `mxone` against a telephone system that takes the codes.
    @Suite struct MXOne {
        /// Where it is neither near midnight nor early now, so that an hour from now is today.
        private static let zone =
            ["Europe/Stockholm", "America/Los_Angeles", "Asia/Tokyo"].first { name in
                let hour = Calendar.current.dateComponents(
                    in: TimeZone(identifier: name) ?? .gmt,
                    from: Date()
                ).hour
                return (3..<20).contains(hour ?? 0)
            } ?? "Europe/Stockholm"

        private func exchange(
            _ pbx: RunningPBX,
            from desk: RunningPBX.Person,
            perSecond: Double = 200
        ) throws -> MXOneExchange {
            MXOneExchange(
                client: SIPClient(
                    server: try #require(SIPServer(uri: "sip:\(pbx.address)")),
                    account: SIPAccount(domain: RunningPBX.domain, name: desk.number)
                ),
                settings: MXOneExchange.Settings(
                    digits: [Reason(rawValue: "meeting"): 3, Reason(rawValue: "away"): 1],
                    defaultReason: Reason(rawValue: "away"),
                    dialsPerSecond: perSecond
                ),
                now: { Date() }
            )
        }

        private func somebody(_ pbx: RunningPBX, _ name: String) async throws -> RunningPBX.Person {
            let person = try await pbx.person(name, phone: nil)
            try pbx.database.connect().command(
                """
                update switchboard.extensions set time_zone = '\(Self.zone)'
                where extension = '\(person.number)'
                """
            )
            return person
        }

        private func absence(_ phone: String, minutes: Double) -> Absence {
            let now = Date()
            let end = now + minutes * 60
            return Absence(
                phone: phone,
                startsAt: now - 60,
                endsAt: end - end.timeIntervalSince1970.truncatingRemainder(dividingBy: 60),
                kind: .direct,
                reason: Reason(rawValue: "meeting")
            )
        }

        private func batch(_ actions: [Change.Action], user: Int64 = 1) -> ChangeBatch {
            let phones = actions.map { action in
                switch action {
                case .create(let one), .withdraw(let one), .update(_, let one): one.phone
                }
            }
            return ChangeBatch(
                fence: 1,
                at: Date(),
                phones: Set(phones).map {
                    Phone(number: $0, displayName: "", language: "sv", timeZone: Self.zone)
                },
                changes: actions.map {
                    Change(key: UUID(), user: UserID(rawValue: user), userKey: "a", action: $0)
                }
            )
        }

        /// Who set what until when, as the telephone system's table has it.
        private func standing(_ pbx: RunningPBX, _ phone: String) throws -> [[String]] {
            try pbx.database.connect().ask(
                """
                select kind, reason, set_by, extract(epoch from ends_at)::bigint
                from switchboard.absences where extension = '\(phone)'
                """
            )
        }

        private func row(_ absence: Absence, by desk: RunningPBX.Person) -> [String] {
            ["direct", "meeting", desk.number, "\(Int(absence.endsAt.timeIntervalSince1970))"]
        }

        @Test func `an absence starts, changes, and is withdrawn`() async throws {
            let pbx = try currentPBX()
            let anna = try await somebody(pbx, "Anna Svensson")
            let desk = try await pbx.person("Växeln", phone: nil, isAttendant: true)
            let exchange = try exchange(pbx, from: desk)
            #expect(try await exchange.capabilities().hasFutureStart == false)

            let first = absence(anna.number, minutes: 30)
            let set = try await exchange.apply(batch([.create(first)]))
            #expect(Array(set.values) == [.done(version: nil)])
            #expect(try standing(pbx, anna.number) == [row(first, by: desk)])
            #expect(try await pbx.call(anna).shown.hasPrefix("direct;reason=meeting;until="))

            let longer = absence(anna.number, minutes: 60)
            _ = try await exchange.apply(batch([.update(from: first, to: longer)]))
            #expect(try standing(pbx, anna.number) == [row(longer, by: desk)])

            _ = try await exchange.apply(batch([.withdraw(longer)]))
            #expect(try standing(pbx, anna.number) == [])
            // Once more does no harm.
            let again = try await exchange.apply(batch([.withdraw(longer)]))
            #expect(Array(again.values) == [.done(version: nil)])
        }

        @Test func `what the telephone system will not have is told`() async throws {
            let pbx = try currentPBX()
            let anna = try await somebody(pbx, "Anna Svensson")
            let desk = try await pbx.person("Växeln", phone: nil, isAttendant: true)
            let stranger = try await exchange(pbx, from: desk)
                .apply(batch([.create(absence("99999", minutes: 30))]))
            #expect(
                Array(stranger.values) == [.refused("the exchange answers with SIP status 404")]
            )

            let nobody = try await pbx.person("Bo Ek", phone: nil)
            let unauthorised = try await exchange(pbx, from: nobody)
                .apply(batch([.create(absence(anna.number, minutes: 30))]))
            #expect(
                Array(unauthorised.values) == [.refused("the exchange answers with SIP status 404")]
            )
            #expect(try standing(pbx, anna.number) == [])
        }

        @Test func `many at once, each whole`() async throws {
            let pbx = try currentPBX()
            let desk = try await pbx.person("Växeln", phone: nil, isAttendant: true)
            let exchange = try exchange(pbx, from: desk)
            try pbx.database.connect().command(
                """
                insert into switchboard.extensions (customer_key, extension, display_name, time_zone)
                select '\(RunningPBX.customer)', 7000 + n, 'N', '\(Self.zone)'
                from generate_series(1, 40) as n
                """
            )
            let batches = (1...40).map {
                batch([.create(absence("\(7000 + $0)", minutes: 30))], user: Int64($0))
            }
            var done = 0
            try await exchange.carryOut(batches) { _, result in
                done += try result.get().values.count { $0 == .done(version: nil) }
            }
            #expect(done == 40)
            let count = try pbx.database.connect().askOne(
                "select count(*) from switchboard.absences where set_by = '\(desk.number)'"
            )
            #expect(count == "40")
        }

        @Test func `no telephone system is an outage`() async throws {
            let pbx = try currentPBX()
            let desk = try await pbx.person("Växeln", phone: nil, isAttendant: true)
            let client = SIPClient(
                server: SIPServer(host: "127.0.0.1", port: 9, transport: .tcp),
                account: SIPAccount(domain: RunningPBX.domain, name: desk.number)
            )
            let exchange = MXOneExchange(
                client: client,
                settings: MXOneExchange.Settings(
                    digits: [:],
                    defaultReason: Reason(rawValue: "away")
                ),
                now: { Date() }
            )
            await #expect { try await exchange.capabilities() } throws: {
                ($0 as? ExchangeError)?.code == .unreachable
            }
        }
    }
}
