import Foundation
import RuleCases
import Settings
import Testing

/// The rule cases that come with the project's papers, in KK_SHARED or beside the package.
@Suite struct CaseFilesTests {
    static let folder: String = {
        let shared = ProcessInfo.processInfo.environment["KK_SHARED"]
        return (shared ?? "../shared") + "/cases"
    }()
    static let isThere = FileManager.default.fileExists(atPath: folder)

    @Test(.enabled(if: isThere, "no cases at \(folder): set KK_SHARED"))
    func `all cases are read`() throws {
        let files = try RuleCaseFile.read([Self.folder])
        #expect(files.count >= 5)
        for file in files {
            let text = try String(contentsOfFile: file.file, encoding: .utf8)
            let names = text.split(separator: "\n").filter { $0.hasPrefix("name: ") }
            #expect(file.cases.map { "name: \($0.name)" } == names.map(String.init))
            #expect(file.cases.allSatisfy { !$0.users.isEmpty && !$0.bookings.isEmpty })
        }
    }
}
