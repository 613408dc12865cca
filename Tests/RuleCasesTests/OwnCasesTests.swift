import Foundation
import RuleCases
import Settings
import Testing

/// The project's own rule cases, and the items of the requirements that they are about.
@Suite struct OwnCasesTests {
    /// Read once, with file names as they stand in the folder `cases`.
    static let files = Result {
        let folder = testFolder.appending(path: "cases").path
        return try RuleCaseFile.read([folder])
    }

    @Test func `every case gives what it expects`() async throws {
        let cases = try Self.files.get().flatMap(\.cases)
        #expect(cases.count >= 200)
        try await expectToPass(cases)
    }

    @Test func `no two cases have one name, and each is about something`() throws {
        let cases = try Self.files.get().flatMap(\.cases)
        let names = Dictionary(grouping: cases, by: \.name)
        #expect(names.filter { $0.value.count > 1 }.keys.sorted() == [])
        #expect(cases.filter(\.items.isEmpty).map(\.name) == [])
    }

    // MARK: Coverage

    private static let domain =
        (ProcessInfo.processInfo.environment["KK_SHARED"] ?? "../shared") + "/domain.md"
    private static let hasDomain = FileManager.default.fileExists(atPath: domain)

    @Test(.enabled(if: hasDomain, "no requirements at \(domain): set KK_SHARED"))
    func `every item of the requirements has a case, or a reason why it has none`() throws {
        let required = try Self.required()
        #expect(required.count >= 170)
        let cases = try Self.files.get().flatMap(\.cases)
        let tested = Set(cases.flatMap(\.items))
        let excused = Set(try Self.excuses())

        let missing = required.subtracting(tested).subtracting(excused)
        #expect(Self.sorted(missing) == [], "neither in a case nor in items.yaml")
        let twofold = tested.intersection(excused)
        #expect(Self.sorted(twofold) == [], "in items.yaml, and in a case all the same")
        let unknown = tested.union(excused).subtracting(required)
        #expect(Self.sorted(unknown) == [], "no item of the requirements")
    }

    /// The items that the requirements define: those that begin a list's entry or a table's row.
    private static func required() throws -> Set<RequirementItem> {
        let text = try String(contentsOfFile: domain, encoding: .utf8)
        let items = text.split(separator: "\n").compactMap { line -> RequirementItem? in
            guard let match = line.prefixMatch(of: /(?:- ([SXVP][-0-9]+) \[|\| ([SXVP][-0-9]+) \|)/)
            else { return nil }
            return (match.1 ?? match.2).flatMap { RequirementItem(rawValue: String($0)) }
        }
        #expect(Set(items).count == items.count, "the requirements number an item twice")
        return Set(items)
    }

    /// The items that have no case; fails where one has no reason.
    private static func excuses() throws -> [RequirementItem] {
        let file = testFolder.appending(path: "items.yaml")
        let reader = SettingsReader(file: file.path)
        let document = YAMLFile.document(in: try Data(contentsOf: file), reader: reader)
        let members = document.flatMap(reader.members) ?? []
        for member in members { _ = reader.text(member.value) }
        try reader.finish()
        let items = members.map { RequirementItem(rawValue: $0.key) }
        #expect(!items.contains(nil), "items.yaml has a key that is no item")
        return items.compactMap { $0 }
    }

    private static func sorted(_ items: Set<RequirementItem>) -> [String] {
        items.map(\.rawValue).sorted { $0.compare($1, options: .numeric) == .orderedAscending }
    }
}
