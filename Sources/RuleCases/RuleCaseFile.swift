public import Foundation
import Settings

/// A file of rule cases: YAML, one case a document.
public struct RuleCaseFile: Sendable {
    /// The file as it was named to the program.
    public let file: String
    /// In the order of the file, one at least.
    public let cases: [RuleCase]

    /// Reads and checks the whole file.
    ///
    /// - Throws: `SettingsError` with all that is wrong.
    public init(_ data: Data, file: String) throws {
        let reader = SettingsReader(file: file)
        let documents = YAMLFile.documents(in: data, reader: reader)
        var cases: [RuleCase] = []
        for (index, document) in documents.enumerated() {
            let caseReader = RuleCaseReader(document, number: index + 1, reader: reader)
            caseReader.read().map { cases.append($0) }
        }
        reader.entry = nil
        if documents.isEmpty, reader.problems.isEmpty {
            reader.report("the file holds no rule case")
        }
        try reader.finish()
        self.file = file
        self.cases = cases
    }

    /// Reads the files at `paths`, and of folders the files below them that end in .yaml or
    /// .yml, in the order of their names.
    ///
    /// - Throws: `SettingsError` with all that is wrong with any of them.
    public static func read(_ paths: [String]) throws -> [RuleCaseFile] {
        var files: [RuleCaseFile] = []
        var problems: [Problem] = []
        for path in paths {
            do {
                for file in try self.files(at: path) {
                    do {
                        files.append(
                            try RuleCaseFile(SettingsText.contents(of: file), file: file)
                        )
                    } catch let error as SettingsError {
                        problems += error.problems
                    }
                }
            } catch let error as SettingsError {
                problems += error.problems
            }
        }
        guard problems.isEmpty else { throw SettingsError(problems) }
        return files
    }

    /// The file at `path`, or the case files of the folder there.
    private static func files(at path: String) throws -> [String] {
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        guard exists, isFolder.boolValue else { return [path] }
        let names = try? FileManager.default.subpathsOfDirectory(atPath: path)
        let files = (names ?? []).filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }
        guard !files.isEmpty else {
            let message = "the folder holds no rule cases, which are files ending in .yaml or .yml"
            throw SettingsError([Problem(file: path, message: message)])
        }
        let folder = path.hasSuffix("/") ? path : path + "/"
        return files.sorted().map { folder + $0 }
    }
}
