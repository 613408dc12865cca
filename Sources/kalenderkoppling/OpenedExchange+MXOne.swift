import AbsenceModel
import Foundation
import SIP
import Settings
import Telephony

extension OpenedExchange {
    init(_ settings: MXOneSettings, in session: Session) throws {
        guard let server = SIPServer(uri: settings.proxy) else {
            throw ExchangeError(.unreachable, "the proxy in the customer file is none; correct it")
        }
        let credentials = try settings.login.map {
            SIPCredentials(user: $0.user, password: try $0.password.secret("password"))
        }
        let account = SIPAccount(
            domain: settings.domain,
            name: settings.phone,
            credentials: credentials
        )
        let client = SIPClient(server: server, account: account, caFile: settings.certificateFile)
        var dialling = MXOneExchange.Settings(
            digits: Dictionary(
                uniqueKeysWithValues: settings.digits.map { (Reason(rawValue: $0), $1) }
            ),
            defaultReason: Reason(rawValue: settings.defaultReason)
        )
        if let rate = settings.dialsPerSecond { dialling.dialsPerSecond = Double(rate) }
        self.init(MXOneExchange(client: client, settings: dialling, now: session.now))
    }
}
