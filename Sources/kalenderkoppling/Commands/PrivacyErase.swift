import AbsenceStore
import ArgumentParser
import Crypto
import Foundation

/// `privacy erase`: deletes what is held about one person, and leaves what was counted.
struct PrivacyErase: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase",
        abstract: "Delete what is held about one person; what was counted and billed stays.",
        discussion: """
            The person must have left the roster, and a pass must have withdrawn what stood on \
            the telephone. In place of the person's key a pseudonym stays, by HMAC-SHA256 with \
            the key of --key-file: whoever has that can tell who it was, and nobody else. \
            Without --apply it is told what would be done.

            The exit status is 2 where something stands in the way. To erase somebody again who \
            is erased already does nothing.

            EXAMPLE: kalenderkoppling privacy erase anna --key-file pseudonym.key --apply
            """
    )

    @Argument(help: "The user's key.")
    var user: String

    @Option(
        help: ArgumentHelp(
            """
            The file with the key of pseudonyms, 32 bytes or more; where left out, \
            KALENDERKOPPLING_PSEUDONYM_KEY_FILE names it.
            """,
            valueName: "path"
        ),
        completion: .file()
    )
    var keyFile: String?

    @Flag(help: "Erase; without it nothing is done.")
    var apply = false

    @Option(help: "How to print it: table, json or csv.")
    var format: OutputFormat = .table

    @OptionGroup var options: CustomerOptions
    var outputOptions: OutputOptions { options.output }

    func run(in session: Session) async throws {
        let customer = try session.customer(options.customer)
        let pseudonym = try pseudonym(of: user, customer: customer)
        let entry: RosterEntry
        do {
            entry = try session.store.user(user, of: customer)
        } catch let error as StoreError where error.code == .unknownUser {
            guard let erasedAt = try session.store.erasedAt(pseudonym, customer: customer) else {
                throw error
            }
            return warn("erased already, \(WallTimes(customer.timeZone).minute(erasedAt))")
        }
        guard entry.key == user else {
            throw ValidationError("name the user by its key: an extension may be another's soon")
        }
        let obstacles = try session.store.obstacles(
            to: entry.id,
            customer: customer,
            at: session.now()
        )
        for obstacle in obstacles { warn(words(obstacle)) }
        guard apply, obstacles.isEmpty else {
            try show(try session.store.erasure(of: entry.id, customer: customer))
            if !apply { warn("nothing was done; --apply erases") }
            return try (obstacles.isEmpty ? ExitStatus.done : .partial).exit()
        }
        let erased = try await session.holding(.reconcile, of: customer) { lease in
            try session.store.erase(
                entry.id,
                as: pseudonym,
                lease,
                by: session.runner,
                at: session.now()
            )
        }
        guard let erased else { return try ExitStatus.skipped.exit() }
        try show(erased)
    }

    private func show(_ tables: [ErasedTable]) throws {
        var table = Table(header: ["table", "rows", "what"])
        table.rows = tables.map { [$0.name, "\($0.rowCount)", $0.erasure] }
        print(try table.text(format))
    }

    private func words(_ obstacle: ErasureObstacle) -> String {
        switch obstacle {
        case .inRoster:
            "in the way: the user is in the roster; leave the user out and import it"
        case .placed:
            "in the way: an absence stands on the telephone; reconcile --apply withdraws it"
        case .unknown:
            "in the way: of a change nobody knows whether it was done; the next pass will look"
        }
    }

    /// What stays in place of the key: in hexadecimal digits.
    private func pseudonym(of user: String, customer: Customer) throws -> String {
        let variable = "KALENDERKOPPLING_PSEUDONYM_KEY_FILE"
        guard let path = keyFile ?? ProcessInfo.processInfo.environment[variable] else {
            throw ValidationError("name the file with the key of pseudonyms: --key-file PATH")
        }
        guard let key = FileManager.default.contents(atPath: path), key.count >= 32 else {
            throw ValidationError(
                "\(path) cannot be read, or is shorter than 32 bytes;"
                    + " make one with: head -c 32 /dev/urandom > \(path)"
            )
        }
        let code = HMAC<SHA256>.authenticationCode(
            for: Data("\(customer.key)\u{0}\(user)".utf8),
            using: SymmetricKey(data: key)
        )
        return code.map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }
        .joined()
    }
}
