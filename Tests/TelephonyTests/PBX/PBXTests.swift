import TestSupport
import Testing

/// Real calls over a real telephone system; one that all the suites inside share.
@Suite(.runningPBX, .serialized, .enabled(if: RunningPBX.missing == nil, "no telephone system"))
struct PBXTests {}

/// Runs a telephone system around a suite.
struct RunningPBXTrait: SuiteTrait, TestScoping {
    @TaskLocal static var current: RunningPBX?

    func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        try await RunningPBX.run { pbx in
            try await Self.$current.withValue(pbx, operation: function)
        }
    }
}

extension Trait where Self == RunningPBXTrait {
    static var runningPBX: Self { RunningPBXTrait() }
}

/// The telephone system of this suite.
func currentPBX(sourceLocation: SourceLocation = #_sourceLocation) throws -> RunningPBX {
    try #require(RunningPBXTrait.current, sourceLocation: sourceLocation)
}
