public import AbsenceModel
public import Foundation
public import Telephony

/// A real exchange with a test between it and the pass.
///
/// What is not set changes nothing.
public final class WatchedExchange: TelephonyExchange {
    private let real: any TelephonyExchange
    /// The largest batch, in place of the real one's.
    public var batchSize: Int?
    /// What the exchange is taken to be able to express, in place of all that the real one can.
    public var changeCapabilities: (inout ExchangeCapabilities) -> Void = { _ in }
    /// Runs before the exchange is asked what it can; what it throws is the answer.
    public var beforeCapabilities: () throws -> Void = {}
    /// Runs before a batch is carried out; what it throws is the answer.
    public var beforeApply: (ChangeBatch) throws -> Void = { _ in }
    /// Runs when a batch was carried out; makes the answer, or throws it away.
    public var afterApply: (ChangeBatch, [UUID: ChangeOutcome]) throws -> [UUID: ChangeOutcome] = {
        $1
    }
    /// Runs when a list was read; makes the answer, or throws it away.
    public var afterList: (ReadBack) throws -> ReadBack = { $0 }
    /// The batches of changes that were to be carried out. One that only tells of people is none.
    public private(set) var batches: [ChangeBatch] = []
    /// The extensions that were asked for; nil where it was everybody.
    public private(set) var lists: [[String]?] = []

    public init(_ real: any TelephonyExchange) {
        self.real = real
    }

    public func capabilities() async throws -> ExchangeCapabilities {
        try beforeCapabilities()
        var capabilities = try await real.capabilities()
        if let batchSize { capabilities.batchSize = batchSize }
        changeCapabilities(&capabilities)
        return capabilities
    }

    public func list(
        extensions: [String]?,
        endingAfter instant: Date,
        _ body: ([ReadBack.Entry]) throws -> Void
    ) async throws -> Bool {
        lists.append(extensions)
        let answer = try afterList(
            try await real.list(extensions: extensions, endingAfter: instant)
        )
        try body(answer.entries)
        return answer.isWhole
    }

    public func apply(_ batch: ChangeBatch) async throws -> [UUID: ChangeOutcome] {
        if !batch.changes.isEmpty { batches.append(batch) }
        try beforeApply(batch)
        return try afterApply(batch, try await real.apply(batch))
    }

    public func prune(endedBefore instant: Date) async throws {
        try await real.prune(endedBefore: instant)
    }

    /// Lets everything through again, and forgets what was asked.
    public func reset() {
        batchSize = nil
        changeCapabilities = { _ in }
        beforeCapabilities = {}
        beforeApply = { _ in }
        afterApply = { $1 }
        afterList = { $0 }
        batches = []
        lists = []
    }
}
