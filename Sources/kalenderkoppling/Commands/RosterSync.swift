import AbsenceStore
import ArgumentParser
import CalendarFeed
import Foundation
import Logging
import Reconcile
import Settings

extension RosterCommand {
    /// `roster sync`: asks groups for their members.
    struct Sync: SessionCommand {
        static let configuration = CommandConfiguration(
            abstract: "Ask the groups that a customer file names who has which service.",
            discussion: """
                Where groups are named for a service, whoever is in one of them has it, and nobody \
                else, whatever the roster says. A group that fails, or tells of no member, \
                switches nobody off, and the exit status is 2. Does nothing where no group is \
                named.

                EXAMPLE: kalenderkoppling roster sync --customer exempel
                """
        )

        @OptionGroup var options: CustomersOptions
        var outputOptions: OutputOptions { options.output }

        func run(in session: Session) async throws {
            let customers = try session.customers(options.customer)
            let worst = try await session.each(of: customers, failure: "groups failed") {
                try await sync($0, in: session)
            }
            try worst.exit()
        }

        private func sync(_ customer: Customer, in session: Session) async throws -> ExitStatus {
            let directories = OpenedDirectories(of: customer, now: session.now)
            let pass = GroupPass(
                store: session.store,
                directory: directories.directory,
                runner: session.runner,
                now: session.now
            )
            let tallies: [GroupTally]
            do {
                tallies = try await pass.run(for: customer)
            } catch {
                await directories.close()
                throw error
            }
            await directories.close()
            tallies.forEach { tell($0, of: customer, in: session) }
            return tallies.contains { $0.failure != nil } ? .partial : .done
        }

        private func tell(_ tally: GroupTally, of customer: Customer, in session: Session) {
            var metadata: Logger.Metadata = [
                "customer": "\(customer.key)", "source": "\(tally.source)",
                "group": "\(tally.group)", "service": "\(tally.service)",
                "members": "\(tally.members)",
            ]
            if let failure = tally.failure {
                metadata["failure"] = "\(failure)"
                session.logger.error("group failed", metadata: metadata)
                return
            }
            metadata["without_user"] = "\(tally.unknown)"
            metadata["joined"] = "\(tally.joined)"
            metadata["left"] = "\(tally.left)"
            session.logger.info("group told", metadata: metadata)
        }
    }
}
