import AbsenceModel
import AbsenceStore
import ArgumentParser
import Foundation

/// `explain`: what a phone showed at an instant, and why.
struct ExplainCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "What a user's phone shows at an instant and why; and why bookings gave nothing.",
        discussion: """
            The user is named by key or extension. The instant is ISO 8601; without an offset it \
            is wall time of the user. Left out, it is now.

            EXAMPLE: kalenderkoppling explain anna --at 2026-11-23T14:05
            """
    )

    @Argument(help: "The user's key or extension.")
    var user: String

    @Option(help: ArgumentHelp("The instant, now where left out.", valueName: "instant"))
    var at: Instant?

    @OptionGroup var options: CustomerOptions
    var outputOptions: OutputOptions { options.output }

    func run(in session: Session) async throws {
        let customer = try session.customer(options.customer)
        let user = try session.store.user(user, of: customer)
        let times = WallTimes(user.timeZone)
        let instant = at?.date(in: times.zone) ?? session.now()
        let explanation = Explanation(
            user: user,
            instant: instant,
            labels: try session.store.labels(of: customer, language: customer.language),
            absences: try session.store.shownAndPlaced(of: user.id, customer: customer),
            outcomes: try session.store.outcomes(of: user.id, customer: customer, asOf: instant),
            holds: try session.store.standingHolds(of: user.id, customer: customer),
            history: try session.store.history(of: user.id, customer: customer, at: instant)
        )
        print(explanation.text)
    }
}
