import AbsenceModel
import AbsenceStore
import ArgumentParser
import Foundation
import Logging
import Reconcile
import Settings
import SIP
import Telephony

/// `presence`: shows colleagues who is away, or says how.
struct PresenceCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "presence",
        abstract: """
            Publish who is away, why and until when; without --apply only print what has to be.
            """,
        discussion: """
            For customers whose file says where, by the key presence. What is published is what \
            stands on the telephone side now, with the reason that may be told; it ends by itself \
            with its absence. The exit status is 2 where some could not be published: the next run \
            does.

            EXAMPLE: kalenderkoppling presence --apply --customer exempel
            """
    )

    @Flag(help: "Publish.")
    var apply = false

    @Option(help: "How to print what has to be published: table, json or csv.")
    var format: OutputFormat = .table

    @OptionGroup var options: CustomersOptions
    var outputOptions: OutputOptions { options.output }

    func run(in session: Session) async throws {
        let customers = try session.customersInTurn(options.customer)
        let worst = try await session.each(of: customers, failure: "presence failed") { customer in
            guard let settings = customer.presence else { return .done }
            let status = try await session.holding(.presence, of: customer) { lease in
                let pass = PresencePass(
                    store: session.store,
                    publisher: SIPPresence(client: try SIPClient(settings)),
                    domain: settings.domain,
                    now: session.now
                )
                let plan = try pass.plan(for: customer)
                guard apply else {
                    try show(plan, of: customer)
                    return ExitStatus.done
                }
                let tally = try await pass.carryOut(plan, lease: lease)
                tell(tally, of: customer, in: session)
                return tally.failed + tally.left == 0 ? .done : .partial
            }
            return status ?? .skipped
        }
        try worst.exit()
    }

    private func show(_ plan: PresencePlan, of customer: Customer) throws {
        let times = WallTimes(customer.timeZone)
        var table = Table(header: ["step", "phone", "reason", "when"])
        table.rows = plan.steps.map { step in
            switch step {
            case .publish(let state, _, let old):
                [
                    old == nil ? "publish" : "change", state.phone, state.reason.rawValue,
                    times.stretch(state.from, state.until),
                ]
            case .keep(let old, let until):
                ["keep", old.phone, "", times.stretch(old.publishedAt, until)]
            case .remove(let old): ["remove", old.phone, "", ""]
            }
        }
        guard format == .table else { return print(try table.text(format)) }
        if !table.rows.isEmpty { print(table.text) }
        print("\(customer.key): \(plan.steps.count) to publish")
    }

    private func tell(_ tally: PresenceTally, of customer: Customer, in session: Session) {
        var metadata: Logger.Metadata = [
            "customer": "\(customer.key)", "published": "\(tally.published)",
            "kept": "\(tally.kept)", "removed": "\(tally.removed)",
        ]
        guard tally.failed + tally.left > 0 else {
            session.logger.info("presence", metadata: metadata)
            return
        }
        metadata["failed"] = "\(tally.failed)"
        metadata["not tried"] = "\(tally.left)"
        metadata["failure"] = tally.failure.map { "\($0)" }
        session.logger.warning("presence could not be published for all", metadata: metadata)
    }
}

extension SIPClient {
    fileprivate init(_ settings: PresenceSettings) throws {
        guard let server = SIPServer(uri: settings.proxy) else {
            throw SIPError(.unsent, "presence: the proxy in the customer file is none; correct it")
        }
        self.init(
            server: server,
            account: SIPAccount(
                domain: settings.domain,
                name: settings.user,
                credentials: try settings.password.map {
                    SIPCredentials(user: settings.user, password: try $0.secret("SIP password"))
                }
            ),
            caFile: settings.certificateFile
        )
    }
}
