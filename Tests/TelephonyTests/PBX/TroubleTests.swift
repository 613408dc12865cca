import Glibc
import Postgres
import TestSupport
import Testing

extension PBXTests {
    /// A database in trouble keeps no call from ringing for long.
    @Suite struct Trouble {
        @Test func `stopped: calls ring; back: the next call asks it`() async throws {
            let pbx = try currentPBX()
            var cluster = pbx.cluster
            let asa = try await pbx.person("Åsa Öberg")
            try pbx.away(asa, "direct")
            // A private server does not wait for its disk.
            try pbx.database.connect().command("checkpoint")
            try cluster.kill()
            let clock = ContinuousClock()
            for _ in 0..<3 {
                let start = clock.now
                let call = try await pbx.call(asa)
                #expect(call.answeredBy == "phone\(asa.number)")
                #expect(clock.now - start < .seconds(3))
            }
            let code = try await pbx.call("*23*3%23", from: asa.number)
            #expect(code.status == 503)
            try cluster.restart()
            let call = try await pbx.call(asa)
            #expect(call.text.hasPrefix("Åsa Öberg är i möte"))
        }

        @Test func `hung: a call waits for seconds at the most`() async throws {
            let pbx = try currentPBX()
            let asa = try await pbx.person("Åsa Öberg")
            try pbx.away(asa, "direct")
            // Kamailio's workers take calls as it comes, and log in when they first need to.
            for _ in 0..<8 { _ = try await pbx.call(asa) }
            let hung = try pbx.logins()
            for process in hung { kill(process, SIGSTOP) }
            defer { for process in hung { kill(process, SIGCONT) } }
            let clock = ContinuousClock()
            for _ in 0..<4 {
                let start = clock.now
                let call = try await pbx.call(asa)
                #expect(clock.now - start < .seconds(4))
                #expect(call.text.hasPrefix("Åsa Öberg är i möte"))
            }
            #expect(!(try pbx.logins().subtracting(hung)).isEmpty, "by a new connection")
        }

        @Test func `a locked table: a call rings, and soon`() async throws {
            let pbx = try currentPBX()
            let asa = try await pbx.person("Åsa Öberg")
            try pbx.away(asa, "direct")
            let connection = try pbx.database.connect()
            try connection.command(
                "begin; lock table switchboard.absences in access exclusive mode"
            )
            let clock = ContinuousClock()
            let start = clock.now
            let call = try await pbx.call(asa)
            #expect(call.answeredBy == "phone\(asa.number)")
            #expect(clock.now - start < .seconds(4))
            try connection.command("rollback")
            #expect(try await pbx.call(asa).text.hasPrefix("Åsa Öberg är i möte"))
        }
    }
}

extension RunningPBX {
    /// The server's processes that Kamailio is connected to.
    fileprivate func logins() throws -> Set<pid_t> {
        let rows = try database.connect().ask(
            "select pid from pg_stat_activity where usename = 'pbx'"
        )
        return Set(rows.compactMap { pid_t($0[0]) })
    }
}
