import AbsenceModel
import CalendarFeed
import Foundation
import TestSupport
import Testing
import Web

@Suite struct `EWSSource: what it reads` {
    private static let mailbox = RunningSimulator.mailbox(2)

    @Test func `special mailboxes are read as they are`() async throws {
        try await CalendarSimulatorProcess(mailboxes: 1, hasSpecials: true).run { simulator in
            try await EWSSample.withSource(EWSSample.endpoint(simulator)) { source in
                for name in ["big", "endless", "emoji", "twins"] {
                    let mailbox = "\(name)@exempel.example"
                    let truth = try await simulator.truth(
                        window: EWSSample.window,
                        mailbox: mailbox
                    )
                    let answer = try await source.load(EWSSample.request(mailbox))
                    let read = NormalisedBooking.all(in: answer, mailbox: mailbox)
                    #expect(read.differences(from: truth) == [])
                    #expect(read.count == truth.count)
                    #expect(answer.coverage == [.everything])
                    #expect(answer.broken == [])
                    #expect(Set(answer.bookings.map(\.key)).count == answer.bookings.count)
                }
            }
            #expect(try await simulator.counts().breaches == [:])
        }
    }

    @Test func `nothing changed costs one request and covers nothing`() async throws {
        try await CalendarSimulatorProcess().run { simulator in
            try await EWSSample.withSource(EWSSample.endpoint(simulator)) { source in
                let first = try await source.load(EWSSample.request(Self.mailbox))
                try await simulator.resetCounts()
                let second = try await source.load(
                    EWSSample.request(Self.mailbox, cursor: first.cursor)
                )
                #expect(try await simulator.counts().requests["ews"] == 1)
                #expect(second.bookings == [])
                #expect(second.coverage == [])
                #expect(second.cursor != nil)
            }
        }
    }

    @Test(arguments: [
        "delete", "move", "retitle", "create", "delete_series", "cancel_occurrence",
        "delete_occurrence", "change_series",
    ])
    func `after a change what is stored is the truth again`(_ action: String) async throws {
        try await CalendarSimulatorProcess().run { simulator in
            try await EWSSample.withSource(EWSSample.endpoint(simulator)) { source in
                var stored = StoredCalendar()
                stored.take(try await source.load(EWSSample.request(Self.mailbox)))
                let before = stored.normalised(Self.mailbox)
                #expect(try await simulator.change(action, mailbox: Self.mailbox) == 1)
                try await simulator.resetCounts()
                stored.take(
                    try await source.load(
                        EWSSample.request(Self.mailbox, cursor: stored.cursor)
                    )
                )
                let truth = try await simulator.truth(
                    window: EWSSample.window,
                    mailbox: Self.mailbox
                )
                let after = stored.normalised(Self.mailbox)
                #expect(after.differences(from: truth) == [])
                #expect(after != before)
                // One for the changes, one for the list, and one for each ten bookings.
                let most = 2 + (truth.count + 15) / 10 + 1
                #expect(try await simulator.counts().requests["ews"] ?? 0 <= most)
            }
        }
    }

    @Test func `keys hold from load to load, whatever ids and change keys do`() async throws {
        try await CalendarSimulatorProcess().run { simulator in
            try await EWSSample.withSource(EWSSample.endpoint(simulator)) { source in
                let first = try await source.load(EWSSample.request(Self.mailbox))
                try await simulator.change("change_series", mailbox: Self.mailbox)
                try await simulator.change("move", mailbox: Self.mailbox)
                let second = try await source.load(EWSSample.request(Self.mailbox))
                let keys = { (answer: LoadAnswer) in
                    Set(answer.bookings.filter { !$0.key.contains("/") }.map(\.key))
                }
                #expect(!keys(first).isEmpty)
                #expect(keys(first).symmetricDifference(keys(second)).count <= 1)
                #expect(first.bookings.allSatisfy { $0.key.hasPrefix($0.resource) })
            }
        }
    }

    @Test func `a window that has moved on is read anew, without listing the folder`()
        async throws
    {
        try await CalendarSimulatorProcess().run { simulator in
            try await EWSSample.withSource(EWSSample.endpoint(simulator)) { source in
                let first = try await source.load(EWSSample.request(Self.mailbox))
                var later = EWSSample.request(Self.mailbox, cursor: first.cursor)
                let day = 86_400.0
                later.window = later.window.lowerBound + day..<later.window.upperBound + day
                #expect(try await source.load(later).coverage == [])
                later.window = later.window.lowerBound + day..<later.window.upperBound + day
                let answer = try await source.load(later)
                #expect(answer.coverage == [.everything])
                let truth = try await simulator.truth(window: later.window, mailbox: Self.mailbox)
                let read = NormalisedBooking.all(in: answer, mailbox: Self.mailbox)
                #expect(read.differences(from: truth) == [])
            }
        }
    }

    @Test func `a cursor of another mailbox or another property is not trusted`() async throws {
        try await CalendarSimulatorProcess().run { simulator in
            try await EWSSample.withSource(EWSSample.endpoint(simulator)) { source in
                let other = try await source.load(EWSSample.request(RunningSimulator.mailbox(1)))
                let answer = try await source.load(
                    EWSSample.request(Self.mailbox, cursor: other.cursor)
                )
                #expect(answer.coverage == [.everything])

                let plain = try EWSSource(
                    endpoint: EWSSample.endpoint(simulator),
                    access: EWSSample.basic
                )
                let without = try await plain.load(
                    EWSSample.request(Self.mailbox, cursor: answer.cursor)
                )
                await plain.close()
                #expect(without.coverage == [.everything])
                #expect(without.bookings.allSatisfy { $0.choice == nil })
                #expect(answer.bookings.contains { $0.choice != nil })
            }
        }
    }

    @Test(arguments: [
        "https://outlook.office365.com/EWS/Exchange.asmx",
        "https://OUTLOOK.office.com/EWS/Exchange.asmx",
        "https://exempel.mail.protection.outlook.com/EWS/Exchange.asmx",
        "https://outlook.office365.us/EWS/Exchange.asmx",
        "https://partner.outlook.cn/EWS/Exchange.asmx",
    ])
    func `Exchange Online is refused with the reason`(_ url: String) throws {
        let failure = #expect(throws: RemoteFailure.self) {
            try EWSSource(endpoint: try #require(URL(string: url)), access: EWSSample.basic)
        }
        #expect(failure?.code == .refused)
        #expect(failure?.description.contains("kind graph") == true)
    }

    @Test(arguments: ["Name", "/Name", "PublicStrings/", "Elsewhere/Name", "{no-guid}/Name"])
    func `a choice property of another form is refused`(_ text: String) throws {
        let url = try #require(URL(string: "https://mail.exempel.example/EWS/Exchange.asmx"))
        #expect(throws: RemoteFailure.self) {
            try EWSSource(endpoint: url, access: EWSSample.basic, choiceProperty: text)
        }
    }

    @Test func `an address that is none is told before any request`() async throws {
        let url = try #require(URL(string: "http://127.0.0.1:1/EWS/Exchange.asmx"))
        try await EWSSample.withSource(url) { source in
            for address in ["", "anna", "anna@exempel.example\r\nX-Other: 1"] {
                let code = try await failureCode {
                    try await source.load(EWSSample.request(address))
                }
                #expect(code == .notFound)
            }
        }
    }

    @Test func `nothing shows the password`() {
        var dumped = ""
        for access in [EWSSample.basic, .ntlm(user: "EXEMPEL\\service", password: "secret")] {
            dump(access, to: &dumped)
            dumped += "\(access) \(String(reflecting: access))"
        }
        #expect(dumped.contains("service"))
        #expect(!dumped.contains("secret"))
    }
}
