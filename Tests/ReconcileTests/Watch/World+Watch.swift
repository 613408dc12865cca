import AbsenceStore
import Foundation
import Testing
import TestSupport

extension World {
    /// The alarms at the world's own time: `critical outages`.
    func alarms() throws -> [String] {
        try compareWatch()
        return try store.alarms(of: customer).map { "\($0.severity.rawValue) \($0.alarm)" }
    }

    func expectAlarms(
        _ alarms: [String],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let told = try self.alarms()
        #expect(told == alarms, sourceLocation: sourceLocation)
    }

    /// Lets the views of watch be read as of the world's own time, by the store and by the test.
    func compareWatch() throws {
        for store in [store, AbsenceStore(connection)] {
            try store.compareWatch(with: clock.now)
        }
    }

    /// Who was last verified when, on the wall in Stockholm: `anna 07:00`; nobody who never was.
    func verified() throws -> [String] {
        try connection.ask(
            """
            select user_key || to_char(verified_at at time zone 'Europe/Stockholm', ' HH24:MI')
            from telephony.verified inner join roster.users using (customer_id, user_id)
            order by user_key
            """
        ).map { $0[0] }
    }
}
