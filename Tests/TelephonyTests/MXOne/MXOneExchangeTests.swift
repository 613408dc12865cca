import AbsenceModel
import Foundation
import SIP
import Telephony
import Testing

@Suite struct MXOneExchangeTests {
    /// A Wednesday, 10:00 in Stockholm.
    private let now = Date(timeIntervalSince1970: 1_795_597_200)

    private func exchange(
        _ dialler: FakeDialler,
        perSecond: Double = 1000,
        atOnce: Int = 4
    ) -> MXOneExchange {
        let now = now
        return MXOneExchange(
            dialler: dialler,
            settings: MXOneExchange.Settings(
                digits: [
                    Reason(rawValue: "meeting"): 3, Reason(rawValue: "away"): 1,
                    Reason(rawValue: "sick"): 9,
                ],
                defaultReason: Reason(rawValue: "away"),
                dialsPerSecond: perSecond,
                usersAtOnce: atOnce
            ),
            now: { now }
        )
    }

    private func absence(
        _ phone: String,
        _ reason: String = "meeting",
        announced: String? = nil,
        hours: Double = 2
    ) -> Absence {
        Absence(
            phone: phone,
            startsAt: now - 600,
            endsAt: now + hours * 3600,
            kind: .direct,
            reason: Reason(rawValue: reason),
            announcedReason: announced.map(Reason.init(rawValue:))
        )
    }

    private func batch(_ actions: [Change.Action], user: Int64 = 1) -> ChangeBatch {
        let phones = Set(actions.flatMap(Self.phones)).map {
            Phone(
                number: $0,
                displayName: "Anna",
                language: "sv",
                timeZone: "Europe/Stockholm"
            )
        }
        return ChangeBatch(
            fence: 1,
            at: now,
            phones: phones,
            changes: actions.map {
                Change(key: UUID(), user: UserID(rawValue: user), userKey: "anna", action: $0)
            }
        )
    }

    private static func phones(of action: Change.Action) -> [String] {
        switch action {
        case .create(let after): [after.phone]
        case .update(let before, let after): [before.phone, after.phone]
        case .withdraw(let before): [before.phone]
        }
    }

    private func outcomes(
        _ exchange: MXOneExchange,
        _ actions: [Change.Action]
    ) async throws -> [ChangeOutcome] {
        let batch = batch(actions)
        let outcomes = try await exchange.apply(batch)
        return try batch.changes.map { try #require(outcomes[$0.key]) }
    }

    @Test func dialsTheChangesOfAUserInOrder() async throws {
        let dialler = FakeDialler()
        let outcomes = try await outcomes(
            exchange(dialler),
            [.withdraw(absence("101")), .create(absence("101", "away", hours: 3))]
        )
        #expect(dialler.dialled == ["#230*101#", "*230*101*1*1300#"])
        #expect(outcomes == [.done(version: nil), .done(version: nil)])
    }

    @Test func dialsAnUpdateOverTheOldOne() async throws {
        let dialler = FakeDialler()
        let change = Change.Action.update(from: absence("101"), to: absence("101", hours: 4))
        _ = try await outcomes(exchange(dialler), [change])
        #expect(dialler.dialled == ["*230*101*3*1400#"])
    }

    @Test func takesAnAbsenceAlongToAnotherExtension() async throws {
        let dialler = FakeDialler()
        let change = Change.Action.update(from: absence("101"), to: absence("102"))
        _ = try await outcomes(exchange(dialler), [change])
        #expect(dialler.dialled == ["#230*101#", "*230*102*3*1200#"])
    }

    @Test func leavesToTheClockWhatHasEnded() async throws {
        let dialler = FakeDialler()
        let outcomes = try await outcomes(
            exchange(dialler),
            [.withdraw(absence("101", hours: -0.1))]
        )
        #expect(dialler.dialled.isEmpty)
        #expect(outcomes == [.done(version: nil)])
    }

    @Test(arguments: [
        ("meeting", nil, 3), ("sick", "meeting", 3), ("meeting", "away", 1),
        // Neither sick leave nor what has no digit is told.
        ("sick", nil, 1), ("vacation", nil, 1),
    ])
    func dialsTheReasonThatMayBeTold(reason: String, announced: String?, digit: Int) async throws {
        let dialler = FakeDialler()
        let change = Change.Action.create(absence("101", reason, announced: announced))
        _ = try await outcomes(exchange(dialler), [change])
        #expect(dialler.dialled == ["*230*101*\(digit)*1200#"])
    }

    @Test func tellsWhatTheExchangeWillNotHave() async throws {
        let dialler = FakeDialler([
            "*230*101*3*1200#": [.success(.refused(status: 404, retryAfter: nil))]
        ])
        let outcomes = try await outcomes(exchange(dialler), [.create(absence("101"))])
        #expect(outcomes == [.refused("the exchange answers with SIP status 404")])
    }

    @Test func waitsWhereItIsAskedTo() async throws {
        let dialler = FakeDialler([
            "#230*101#": [
                .success(.refused(status: 503, retryAfter: .milliseconds(50))), .success(.accepted),
            ]
        ])
        let begin = ContinuousClock.now
        let outcomes = try await outcomes(exchange(dialler), [.withdraw(absence("101"))])
        #expect(outcomes == [.done(version: nil)])
        #expect(dialler.dialled.count == 2)
        #expect(ContinuousClock.now - begin >= .milliseconds(50))
    }

    @Test(arguments: [Duration.milliseconds(1), .seconds(3600)])
    func waitsWithinBounds(wait: Duration) async throws {
        let dialler = FakeDialler([
            "#230*101#": [.success(.refused(status: 503, retryAfter: wait))]
        ])
        let outcomes = try await outcomes(exchange(dialler), [.withdraw(absence("101"))])
        guard case .refused = outcomes.first else {
            Issue.record("\(outcomes)")
            return
        }
        #expect(dialler.dialled.count == (wait < .seconds(1) ? 3 : 1))
    }

    @Test func isUncertainWhereNobodyAnswers() async throws {
        let dialler = FakeDialler(["*230*101*3*1200#": [.success(.unknown)]])
        await #expect(throws: SIPError.self) {
            try await outcomes(exchange(dialler), [.create(absence("101"))])
        }
        let after = try await outcomes(
            exchange(dialler),
            [.withdraw(absence("101")), .create(absence("101"))]
        )
        #expect(after == [.done(version: nil), .unknown])
    }

    @Test(arguments: [401, 407])
    func aWrongPasswordIsTheExchangesFailure(status: Int) async throws {
        let dialler = FakeDialler([
            "#230*101#": [.success(.refused(status: status, retryAfter: nil))]
        ])
        await #expect {
            try await outcomes(exchange(dialler), [.withdraw(absence("101"))])
        } throws: { ($0 as? ExchangeError)?.code == .refused }
    }

    @Test func isCertainWhereNothingWasSent() async throws {
        let dialler = FakeDialler(["#230*101#": [.failure(SIPError(.unsent, "no way"))]])
        await #expect {
            try await outcomes(exchange(dialler), [.withdraw(absence("101"))])
        } throws: { ($0 as? ExchangeError)?.code == .unreachable }
    }

    @Test func saysThatItIsNotThere() async throws {
        let exchange = exchange(FakeDialler(isThere: false))
        await #expect { try await exchange.capabilities() } throws: {
            ($0 as? ExchangeError)?.code == .unreachable
        }
    }

    @Test func dialsForSomeUsersAtOnceAtItsPace() async throws {
        let dialler = FakeDialler()
        let exchange = exchange(dialler, perSecond: 100, atOnce: 3)
        let batches = (0..<20).map { batch([.create(absence("\(200 + $0)"))], user: Int64($0)) }
        let begin = ContinuousClock.now
        var done = 0
        try await exchange.carryOut(batches) { _, result in
            done += try result.get().values.count { $0 == .done(version: nil) }
        }
        #expect(done == 20)
        #expect(dialler.mostAtOnce <= 3)
        #expect(ContinuousClock.now - begin >= .milliseconds(190))
    }
}
