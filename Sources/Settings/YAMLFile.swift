package import Foundation
import Yams

/// The documents of a YAML file, read without giving meaning to any scalar.
package enum YAMLFile {
    /// Reads all documents.
    ///
    /// What is no YAML becomes a problem of `reader`; the documents before it are returned.
    package static func documents(
        in data: Data,
        reader: SettingsReader
    ) -> [SettingsValue] {
        guard let text = SettingsText.decoded(data, reader: reader) else { return [] }
        var documents: [SettingsValue] = []
        do {
            let parser = try Parser(yaml: text, encoding: .utf8)
            while let root = try parser.nextRoot() {
                documents.append(value(of: root, path: ""))
            }
        } catch {
            report(error, in: text, to: reader)
        }
        return documents
    }

    /// Reads a file of one document, or nil where it is none.
    package static func document(in data: Data, reader: SettingsReader) -> SettingsValue? {
        let documents = documents(in: data, reader: reader)
        if documents.count > 1 {
            reader.report(
                "a second document begins before this line; only one is allowed",
                line: documents[1].line
            )
        }
        guard let document = documents.first else {
            if reader.problems.isEmpty {
                reader.report("the file is empty")
            }
            return nil
        }
        return document
    }

    private static func value(of node: Node, path: String) -> SettingsValue {
        SettingsValue(
            path: path,
            line: node.mark?.line ?? 1,
            content: content(of: node, path: path)
        )
    }

    private static func content(of node: Node, path: String) -> SettingsValue.Content {
        switch node {
        case .scalar(let scalar):
            let isPlain = scalar.style == .plain
            return isPlain && nulls.contains(scalar.string)
                ? .null : .scalar(scalar.string, isPlain: isPlain)
        case .sequence(let nodes):
            return .list(
                nodes.enumerated().map { index, node in
                    value(of: node, path: "\(path)[\(name(of: node) ?? String(index + 1))]")
                }
            )
        case .mapping(let pairs):
            return .map(
                pairs.map { pair in
                    let key = pair.key.scalar?.string ?? "?"
                    return SettingsValue.Member(
                        key: key,
                        keyLine: pair.key.mark?.line ?? 1,
                        value: value(of: pair.value, path: path.isEmpty ? key : "\(path).\(key)")
                    )
                }
            )
        case .alias:
            // The parser puts the aliased node in its place.
            return .null
        }
    }

    /// YAML 1.1, null.
    private static let nulls: Set<String> = ["", "~", "null", "Null", "NULL"]

    /// How an entry of a list calls itself.
    private static func name(of node: Node) -> String? {
        guard let mapping = node.mapping else { return nil }
        for key in ["id", "name"] {
            let value = mapping.first { $0.key.scalar?.string == key }?.value.scalar?.string
            if let value, !value.isEmpty, value.count <= 64 {
                return value
            }
        }
        return nil
    }

    /// Says where the YAML ends being such. Yams' own text would quote the line, and with it
    /// whatever secret was put there.
    private static func report(_ error: any Error, in text: String, to reader: SettingsReader) {
        guard let error = error as? YamlError else {
            reader.report("is not YAML")
            return
        }
        switch error {
        case .scanner(let context, let problem, let mark, _),
            .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            let place = context.map { "\($0.text) from line \($0.mark.line), " } ?? ""
            reader.report("is not YAML: \(place)\(problem)", line: mark.line)
        case .duplicatedKeysInMapping(let duplicates, let context):
            // The mark is where the first of these keys stands for the first time.
            for (index, key) in duplicates.enumerated() {
                reader.report(
                    "this key stands twice in one map",
                    line: index == 0 ? context.mark.line : nil,
                    key: key
                )
            }
        case .reader(let problem, let offset, _, _):
            let line = offset.map { text.prefix($0).count(where: \.isNewline) + 1 }
            reader.report("is not YAML: \(problem)", line: line)
        default:
            reader.report("is not YAML")
        }
    }
}
