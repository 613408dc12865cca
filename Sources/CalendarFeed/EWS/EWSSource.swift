public import Foundation
public import Web

/// The calendars of mailboxes on an Exchange server of the customer's own, by Exchange Web
/// Services.
///
/// ``LoadRequest/address`` is the mailbox's primary mail address. The service account acts for it
/// (impersonation), and its primary calendar is read.
///
/// A full load lists the window (`FindItem` with a `CalendarView`) and fetches what it lists
/// (`GetItem`). An incremental one asks for changes (`SyncFolderItems`): mostly there are none.
/// Where there are any, the window is read whole, because changes of a series say nothing of its
/// occurrences.
public struct EWSSource: BookingSource {
    private let client: EWSClient
    private let choice: EWSExtendedField?
    private let choiceProperty: String?
    private let feedCounts: TrafficCounts
    /// The server, for cursors.
    private let place: String

    /// - Parameters:
    ///   - endpoint: such as `https://mail.example.com/EWS/Exchange.asmx`.
    ///   - choiceProperty: the extended property with the choice for a booking, as
    ///     `PublicStrings/NAME` or `{GUID}/NAME`; nil where there is none. It costs the server
    ///     work for each item.
    /// - Throws: ``RemoteFailure`` where `endpoint` is in Exchange Online or no address, where the
    ///   choice property is not written so, and where NTLM is wanted and not installed.
    public init(
        endpoint: URL,
        access: EWSAccess,
        settings: HTTPSettings = HTTPSettings(),
        choiceProperty: String? = nil
    ) throws {
        guard let origin = HTTPOrigin(endpoint) else {
            throw RemoteFailure(.unreachable, "the url is not an http or https URL")
        }
        guard !Self.isExchangeOnline(origin.host) else {
            throw RemoteFailure(
                .refused,
                "\(origin.host) is Exchange Online, where Exchange Web Services are being switched "
                    + "off, for good on 2027-04-01: use a calendar of kind graph"
            )
        }
        choice = try choiceProperty.map(EWSExtendedField.init)
        self.choiceProperty = choiceProperty
        place = "\(origin)\(endpoint.path())"
        let counts = TrafficCounts()
        feedCounts = counts
        var settings = settings
        settings.connectionsPerHost = EWSLimits.concurrency
        client = EWSClient(
            endpoint: endpoint,
            transport: try Self.transport(access, host: origin.host, settings, counts),
            showsPassword: access.showsPassword,
            retry: settings.retry,
            counts: counts
        )
    }

    public var calendarsAtOnce: Int { EWSLimits.concurrency }

    public var counts: TrafficCounts.Numbers { feedCounts.numbers }

    public func load(_ request: LoadRequest) async throws -> LoadAnswer {
        guard request.address.contains("@"),
            request.address.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F })
        else {
            throw RemoteFailure(
                .notFound,
                "the address is no mail address: write the mailbox's primary one in the roster"
            )
        }
        var load = EWSMailboxLoad(
            client: client,
            request: request,
            start: "\(place) \(request.address)",
            choice: choice,
            choiceProperty: choiceProperty
        )
        return try await load.run()
    }

    /// Closes all connections. The source cannot be used afterwards.
    public func close() async {
        await client.close()
    }

    private static func transport(
        _ access: EWSAccess,
        host: String,
        _ settings: HTTPSettings,
        _ counts: TrafficCounts
    ) throws -> any EWSTransport {
        switch access {
        case .basic(let user, let password):
            BasicTransport(
                fetcher: try HTTPFetcher(settings, counts: counts),
                credentials: .basic(user: user, password: password)
            )
        case .oauth(let tokens):
            TokenTransport(fetcher: try HTTPFetcher(settings, counts: counts), tokens: tokens)
        case .ntlm(let user, let password):
            NTLMTransport(
                credentials: try NTLMCredentials(user: user, password: password, host: host),
                settings: settings,
                counts: counts
            )
        }
    }

    /// Whether mailboxes there are Microsoft's cloud, of all nations (calendar-apis.md 2.4).
    private static func isExchangeOnline(_ host: String) -> Bool {
        [
            "office.com", "office365.com", "office365.us", "outlook.cn", "outlook.com",
            "outlook.office.de", "outlook.us", "partner.outlook.cn",
        ].contains { host == $0 || host.hasSuffix(".\($0)") }
    }
}
