import AbsenceModel
import AbsenceStore
public import ArgumentParser
import Foundation
public import Settings

/// `explain`: what a phone showed at an instant, and why.
struct ExplainCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "What a user's phone shows at an instant and why; and why bookings gave nothing.",
        discussion: """
            The user is named by key or extension. The instant is ISO 8601; without an offset it \
            is wall time of the user. Left out, it is now. For an instant that has passed, \
            bookings, rules and preferences count as they stood then.

            EXAMPLE: kalenderkoppling explain anna --at 2026-11-23T14:05 --language no
            """
    )

    @Argument(help: "The user's key or extension.")
    var user: String

    @Option(help: ArgumentHelp("The instant, now where left out.", valueName: "instant"))
    var at: Instant?

    @Option(help: "The language: sv, no or en; the customer's where left out.")
    var language: Language?

    @Option(help: "How to print it: text or json.")
    var format: ExplanationFormat = .text

    @OptionGroup var options: CustomerOptions
    var outputOptions: OutputOptions { options.output }

    func run(in session: Session) async throws {
        let customer = try session.customer(options.customer)
        let user = try session.store.user(user, of: customer)
        let instant = at?.date(in: WallTimes(user.timeZone).zone) ?? session.now()
        let explanation = try await explanation(
            of: user,
            customer: customer,
            at: instant,
            in: session
        )
        print(format == .json ? try explanation.json : explanation.text)
    }

    /// What was wanted, placed and shown is read as it was known then; why is asked of the customer
    /// as it stood then. Of an instant ahead nothing is known but what counts now.
    private func explanation(
        of user: RosterEntry,
        customer: Customer,
        at instant: Date,
        in session: Session
    ) async throws -> Explanation {
        let store = session.store
        let language = language ?? Language(rawValue: customer.language) ?? .swedish
        let state = try store.state(of: user.id, customer: customer, at: instant)
        let withheld =
            instant >= session.now()
            ? try store.withheld(of: user.id, customer: customer, at: instant) : nil
        return try await store.rehearse {
            let shadow = try store.castShadow(
                of: customer,
                users: [user.id],
                asOf: instant
            )
            return Explanation(
                user: user,
                instant: instant,
                language: language,
                labels: try store.labels(of: shadow, language: language.rawValue),
                state: state,
                withheld: withheld,
                outcomes: try store.outcomes(of: user.id, customer: shadow, asOf: instant),
                suppressions: try store.suppressions(of: user.id, customer: shadow),
                closedPhones: try store.closedPhones(
                    by: state.stood.flatMap(\.bookingKeys),
                    of: shadow
                ),
                holds: try store.standingHolds(of: user.id, customer: customer),
                history: try store.history(of: user.id, customer: customer, at: instant)
            )
        }
    }
}

/// How an explanation is printed.
enum ExplanationFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
}

extension Language: ExpressibleByArgument {}
