import Testing

@testable import Announcements

/// Programs that are run to make sound.
@Suite struct PipelineTests {
    private func run(
        _ steps: [String]...,
        input: String = "",
        limit: Duration = .seconds(10)
    ) throws -> String {
        let pipeline = Pipeline(
            steps: steps.map { Pipeline.Step(program: $0[0], arguments: Array($0.dropFirst())) },
            limit: limit
        )
        return String(decoding: try pipeline.run(input: Array(input.utf8)), as: UTF8.self)
    }

    @Test func `one reads what the other writes`() throws {
        #expect(try run(["cat"], ["tr", "a", "b"], input: "abba") == "bbbb")
        // More than a pipe holds.
        #expect(try run(["seq", "100000"], ["tail", "-n", "1"]) == "100000\n")
    }

    @Test func `one that never ends is ended`() throws {
        #expect(throws: SpeechProblem.self) {
            try run(["sleep", "100"], limit: .milliseconds(100))
        }
        #expect(throws: SpeechProblem.self) { try run(["yes"]) }
        // The last one ends, and the first does not notice.
        #expect(throws: SpeechProblem.self) {
            try run(["sleep", "100"], ["echo", "done"], limit: .milliseconds(100))
        }
    }

    @Test func `failures are told`() throws {
        let missing = #expect(throws: SpeechProblem.self) { try run(["cat"], ["there-is-none"]) }
        #expect(missing?.description.contains("there-is-none could not be started") == true)
        let failed = #expect(throws: SpeechProblem.self) { try run(["false"], ["cat"]) }
        #expect(failed?.description == "false failed with status 1")
        #expect(throws: SpeechProblem.self) { try run(["true"]) }
    }
}
