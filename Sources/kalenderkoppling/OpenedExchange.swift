import Settings
import AbsenceStore
import Postgres
import Telephony

/// The telephone side of a customer, by its settings.
///
/// - Throws: `ExchangeError` where its database cannot be reached.
func exchange(of customer: Customer) throws -> TableExchange {
    let conninfo = customer.exchange.service.map { "service=\($0)" } ?? ""
    let connection: Connection
    do {
        connection = try Connection(conninfo, applicationName: "kalenderkoppling exchange")
    } catch {
        // It is this customer's failure, unlike that of our own database.
        throw ExchangeError(.unreachable, "\(error)")
    }
    return TableExchange(customerKey: customer.key, connection: connection)
}
