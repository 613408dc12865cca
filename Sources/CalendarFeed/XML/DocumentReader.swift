import Foundation
import FoundationXML

/// Takes a document in as a stream of events.
///
/// Names count with their namespace, prefixes do not. External entities are not fetched, and a
/// document type is refused altogether: no server needs one, and it is how entity bombs come.
protocol DocumentReader: XMLParserDelegate {
    /// What makes it another document than the expected one.
    var wrong: String? { get }
    /// Whether a root was opened and everything closed again.
    var isAtEnd: Bool { get }
}

extension DocumentReader {
    /// Reads the whole document, which is expected to be a `kind`; tells what is wrong with it,
    /// or nil.
    func fault(reading bytes: [UInt8], expecting kind: String) -> String? {
        guard !bytes.isEmpty else { return "its body is empty" }
        guard !XMLText.declaresDocumentType(bytes) else {
            return "it declares a document type, which no \(kind) has"
        }
        let parser = XMLParser(data: Data(bytes))
        parser.shouldProcessNamespaces = true
        parser.shouldResolveExternalEntities = false
        parser.delegate = self
        // The parser's word alone is not enough: it is true for what ends in the middle.
        let isWellFormed = parser.parse() && parser.parserError == nil
        if let wrong { return wrong }
        guard isWellFormed, isAtEnd else {
            return "it is no well-formed XML (line \(parser.lineNumber))"
        }
        return nil
    }
}
