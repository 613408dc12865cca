import AbsenceModel
import Foundation
import Testing

@testable import CalendarFeed
import Web

@Suite final class ICSFolderSourceTests {
    private let root: URL
    private let folder: URL

    init() throws {
        root = FileManager.default.temporaryDirectory
            .appending(path: "kalenderkoppling-ics-\(UUID().uuidString)")
        folder = root.appending(path: "calendars/anna")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: root)
    }

    private func calendar(_ uids: String..., day: Int = 23) -> String {
        let events = uids.map { uid in
            "BEGIN:VEVENT\r\nUID:\(uid)\r\nDTSTART:202611\(day)T080000Z\r\nEND:VEVENT\r\n"
        }
        return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + events.joined() + "END:VCALENDAR\r\n"
    }

    private func write(_ text: String, _ name: String) throws {
        try Data(text.utf8).write(to: folder.appending(path: name))
    }

    private func remove(_ name: String) throws {
        try FileManager.default.removeItem(at: folder.appending(path: name))
    }

    private func load(
        _ address: String = "anna",
        after last: LoadAnswer? = nil
    ) async throws -> LoadAnswer {
        var request = LoadRequest(
            address: address,
            timeZone: try #require(TimeZone(identifier: "Europe/Stockholm")),
            window: Date(
                timeIntervalSince1970: 1_790_000_000
            )..<Date(
                timeIntervalSince1970: 1_830_000_000
            )
        )
        if let last {
            request.cursor = last.cursor
            request.knownResources = last.resources
        }
        return try await ICSFolderSource(root: root.appending(path: "calendars")).load(request)
    }

    /// What a store has of the resources after an incremental load.
    private func after(_ first: LoadAnswer, _ second: LoadAnswer) -> LoadAnswer {
        var answer = second
        if !second.coverage.contains(.everything) {
            let kept = first.resources.filter { !second.coverage.contains(.resource($0.key)) }
            answer.resources = kept.merging(second.resources) { $1 }
        }
        return answer
    }

    private func keys(_ answer: LoadAnswer) -> [String] {
        answer.bookings.map { "\($0.resource) \($0.key)" }.sorted()
    }

    @Test func `a full load reads every file and covers everything`() async throws {
        try write(calendar("a", "b"), "one.ics")
        try write(calendar("c"), "two.ICS")
        try write(calendar("d"), ".hidden.ics")
        try write(calendar("e"), "three.ics.tmp")
        try write("no calendar", "readme.txt")
        let answer = try await load()
        #expect(keys(answer) == ["one.ics a", "one.ics b", "two.ICS c"])
        #expect(answer.coverage == [.everything])
        #expect(answer.resources.keys.sorted() == ["one.ics", "two.ICS"])
        #expect(answer.broken == [] && answer.failures == [])
        #expect(answer.byteCount == calendar("a", "b").utf8.count + calendar("c").utf8.count)
    }

    @Test func `an address may be one file`() async throws {
        try write(calendar("a"), "one.ics")
        try write(calendar("b"), "two.ics")
        let answer = try await load("anna/one.ics")
        #expect(keys(answer) == ["one.ics a"])
        #expect(answer.coverage == [.everything])
        let again = try await load("anna/one.ics", after: answer)
        #expect(again.bookings == [] && again.coverage == [])
        try write(calendar("a", "c"), "one.ics")
        let changed = try await load("anna/one.ics", after: answer)
        #expect(keys(changed) == ["one.ics a", "one.ics c"])
        #expect(changed.coverage == [.resource("one.ics")])
    }

    @Test func `what is wrong with a single file fails the load`() async throws {
        try write("BEGIN:VCALENDAR\r\n", "half.ics")
        try write("<html>", "page.ics")
        await #expect(throws: RemoteFailure.self) { try await load("anna/half.ics") }
        #expect(await failure("anna/half.ics") == .truncated)
        #expect(await failure("anna/page.ics") == .malformed)
        #expect(await failure("anna/gone.ics") == .notFound)
    }

    private func failure(_ address: String) async -> RemoteFailure.Code? {
        do {
            _ = try await load(address)
            return nil
        } catch {
            return (error as? RemoteFailure)?.code
        }
    }

    @Test func `an empty folder is empty, a missing one is a failure`() async throws {
        let answer = try await load()
        #expect(answer.bookings == [] && answer.coverage == [.everything])
        #expect(await failure("bo") == .notFound)
        try FileManager.default.removeItem(at: root.appending(path: "calendars"))
        #expect(await failure("anna") == .notFound)
    }

    @Test(arguments: ["..", "../other", "anna/../../other", "/etc", "", "anna/../anna", "link"])
    func `an address that leaves the root is refused`(address: String) async throws {
        let other = root.appending(path: "other")
        try FileManager.default.createDirectory(at: other, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            at: root.appending(path: "calendars/link"),
            withDestinationURL: other
        )
        #expect(await failure(address) == .refused)
    }

    @Test func `a link out of the root, a folder and a dangling link are broken files`()
        async throws
    {
        let other = root.appending(path: "other.ics")
        try Data(calendar("x").utf8).write(to: other)
        let links = [("out.ics", other), ("gone.ics", root.appending(path: "nothing"))]
        for (name, target) in links {
            try FileManager.default.createSymbolicLink(
                at: folder.appending(path: name),
                withDestinationURL: target
            )
        }
        try FileManager.default.createDirectory(
            at: folder.appending(path: "folder.ics"),
            withIntermediateDirectories: true
        )
        try write(calendar("a"), "good.ics")
        let answer = try await load()
        #expect(keys(answer) == ["good.ics a"])
        #expect(answer.broken.map(\.resource) == ["folder.ics", "gone.ics", "out.ics"])
        #expect(answer.broken.allSatisfy { $0.key == nil && !$0.isDegraded })
    }

    @Test func `one bad file does not stop the others and is not gone`() async throws {
        try write(calendar("a"), "a.ics")
        try write("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:b\r\n", "half.ics")
        try write("<html>", "page.ics")
        try write("", "empty.ics")
        let answer = try await load()
        #expect(keys(answer) == ["a.ics a"])
        #expect(answer.broken.map(\.resource) == ["empty.ics", "half.ics", "page.ics"])
        #expect(answer.broken.allSatisfy { $0.key == nil })
        #expect(answer.resources.count == 4)
        #expect(answer.coverage == [.everything])
    }

    @Test func `nothing changed, nothing told`() async throws {
        try write(calendar("a"), "a.ics")
        try write(calendar("b"), "b.ics")
        let first = try await load()
        let second = try await load(after: first)
        #expect(second.bookings == [] && second.coverage == [] && second.broken == [])
        #expect(second.cursor != nil)
        // Written anew with the same content.
        try write(calendar("a"), "a.ics")
        #expect(try await load(after: first).coverage == [])
    }

    @Test func `an incremental load tells of changed, new and removed files alone`() async throws {
        try write(calendar("a"), "a.ics")
        try write(calendar("b"), "b.ics")
        try write(calendar("c"), "c.ics")
        let first = try await load()
        // Of the same length, within the same tick.
        try write(calendar("a", day: 24), "a.ics")
        try remove("b.ics")
        try write(calendar("d"), "d.ics")
        let second = try await load(after: first)
        #expect(keys(second) == ["a.ics a", "d.ics d"])
        #expect(
            second.coverage == [.resource("a.ics"), .resource("b.ics"), .resource("d.ics")]
        )
        #expect(second.resources.keys.sorted() == ["a.ics", "d.ics"])
        #expect(try await load(after: after(first, second)).coverage == [])
    }

    @Test func `a file that is being written is broken this time and read the next`() async throws {
        try write(calendar("a"), "a.ics")
        try write(calendar("b"), "b.ics")
        let first = try await load()
        try write(String(calendar("a", "c").dropLast(20)), "a.ics")
        let second = try await load(after: first)
        #expect(second.bookings == [] && second.coverage == [])
        #expect(second.broken.map(\.resource) == ["a.ics"])
        // Back to what it was: it is read all the same.
        try write(calendar("a"), "a.ics")
        let third = try await load(after: after(first, second))
        #expect(keys(third) == ["a.ics a"])
        #expect(third.coverage == [.resource("a.ics")])
    }

    @Test func `one booking in two files is told once`() async throws {
        try write(calendar("a", "b"), "1.ics")
        try write(calendar("b", "c", day: 24), "2.ics")
        let first = try await load()
        #expect(keys(first) == ["1.ics a", "1.ics b", "2.ics c"])
        #expect(first.broken.map(\.key) == ["b"])
        #expect(first.broken.map(\.isDegraded) == [true])
        // The first file goes: the second has the booking now, though it has not changed.
        try remove("1.ics")
        let second = try await load(after: first)
        #expect(keys(second) == ["2.ics b", "2.ics c"])
        #expect(second.coverage == [.everything])
        // And a third that comes takes nothing away unseen.
        try write(calendar("b"), "0.ics")
        let third = try await load(after: second)
        #expect(keys(third) == ["0.ics b", "2.ics c"])
        #expect(third.coverage == [.everything])
    }

    @Test func `a cursor of another kind is a full load`() async throws {
        try write(calendar("a"), "a.ics")
        var first = try await load()
        first.cursor = "https://example.se/token/7"
        #expect(try await load(after: first).coverage == [.everything])
    }

    @Test func `what is broken within a file is told with its key`() async throws {
        let text = calendar("a", "b").replacing(
            "UID:a\r\nDTSTART",
            with: "UID:a\r\nRRULE:FREQ=NO\r\nDTSTART"
        )
        try write(text, "a.ics")
        let answer = try await load()
        #expect(keys(answer) == ["a.ics b"])
        #expect(answer.broken.map(\.key) == ["a"])
        #expect(answer.broken.map(\.resource) == ["a.ics"])
    }
}
