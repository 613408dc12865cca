import Foundation
import TestSupport
import Testing

/// The program's own words. They need no database.
@Suite struct HelpTests {
    private let program = Program.kalenderkoppling(
        environment: ["COLUMNS": "80", "PGHOST": "/nonexistent"]
    )

    /// The names of all commands, from the program itself.
    private func commands() async throws -> [[String]] {
        struct Tool: Decodable { var command: Command }
        struct Command: Decodable {
            var commandName: String
            var subcommands: [Command]?

            var paths: [[String]] {
                let below = (subcommands ?? []).filter { $0.commandName != "help" }
                return [[]]
                    + below.flatMap { command in
                        command.paths.map { [command.commandName] + $0 }
                    }
            }
        }
        let dump = try await program("--experimental-dump-help")
        return try JSONDecoder().decode(Tool.self, from: Data(dump.output.utf8)).command.paths
    }

    @Test func `each command tells what it does, and gives an example`() async throws {
        let commands = try await commands()
        #expect(commands.count > 15)
        for command in commands {
            let ending = try await program.run(command + ["--help"])
            #expect(ending.status == 0)
            #expect(ending.complaints == "")
            try Golden.expect(
                ending.output,
                is: "help/\((["kalenderkoppling"] + command).joined(separator: "-")).txt"
            )
            // A command of commands leaves that to them.
            if !ending.output.contains("SUBCOMMANDS:") {
                #expect(ending.output.contains("EXAMPLE: kalenderkoppling "), "\(command)")
            }
        }
    }

    @Test func `the examples can be typed as they stand`() async throws {
        for command in try await commands() {
            let help = try await program.run(command + ["--help"]).output
            // Up to the empty line, for a long example goes on in the next line.
            guard let start = help.range(of: "EXAMPLE: ")?.upperBound,
                let end = help[start...].range(of: "\n\n")?.lowerBound
            else { continue }
            let example = help[start..<end].replacing("\n", with: " ")
            for line in example.split(separator: " && ") {
                let words = line.split(separator: " ").map(String.init)
                #expect(words.first == "kalenderkoppling")
                #expect(Array(words.dropFirst().prefix(command.count)) == command || command == [])
                // Without a database a command that was understood fails by its lack.
                let ending = try await program.run(Array(words.dropFirst()))
                #expect(ending.status == 1, "\(line): \(ending.complaints)")
            }
        }
    }

    @Test(
        arguments: [
            ["nonsense"], ["reconcile", "--nonsense"], ["explain"], ["withdraw"],
            ["reconcile", "--approve", "abc"], ["away", "--now", "yesterday"],
            ["reconcile", "--format", "xml"],
        ]
    )
    func `wrong usage leaves with 64 and says how it goes`(arguments: [String]) async throws {
        let ending = try await program.run(arguments)
        #expect(ending.status == 64)
        #expect(ending.output == "")
        #expect(ending.complaints.contains("Error: "))
        #expect(ending.complaints.contains("Usage: kalenderkoppling"))
    }
}
