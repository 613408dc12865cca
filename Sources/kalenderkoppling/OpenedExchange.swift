import Settings
import AbsenceStore
import Postgres
import Telephony

/// The telephone side of a customer, by its settings.
func exchange(of customer: Customer) throws -> TableExchange {
    let conninfo = customer.exchange.service.map { "service=\($0)" } ?? ""
    return TableExchange(
        customerKey: customer.key,
        connection: try Connection(conninfo, applicationName: "kalenderkoppling exchange")
    )
}
