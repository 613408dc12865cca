import Foundation
import FoundationXML

/// An element of a request, by its local name.
final class XMLNode {
    let name: String
    let namespace: String
    let attributes: [String: String]
    fileprivate(set) var children: [XMLNode] = []
    fileprivate(set) var text = ""

    fileprivate init(_ name: String, _ namespace: String, _ attributes: [String: String]) {
        self.name = name
        self.namespace = namespace
        self.attributes = attributes
    }

    /// The first child of a name.
    subscript(name: String) -> XMLNode? {
        children.first { $0.name == name }
    }

    /// The first descendant of a name, this one among them.
    func first(_ name: String) -> XMLNode? {
        if self.name == name { return self }
        for child in children {
            if let found = child.first(name) { return found }
        }
        return nil
    }

    /// The root of a document; nil where it is not well-formed.
    static func read(_ bytes: [UInt8]) -> XMLNode? {
        let reader = Reader()
        let parser = XMLParser(data: Data(bytes))
        parser.shouldProcessNamespaces = true
        parser.delegate = reader
        return parser.parse() && parser.parserError == nil && reader.open.isEmpty
            ? reader.root : nil
    }

    private final class Reader: NSObject, XMLParserDelegate {
        var root: XMLNode?
        var open: [XMLNode] = []

        func parser(
            _ parser: XMLParser,
            didStartElement elementName: String,
            namespaceURI: String?,
            qualifiedName: String?,
            attributes: [String: String]
        ) {
            let node = XMLNode(elementName, namespaceURI ?? "", attributes)
            if let parent = open.last { parent.children.append(node) } else { root = node }
            open.append(node)
        }

        func parser(
            _ parser: XMLParser,
            didEndElement elementName: String,
            namespaceURI: String?,
            qualifiedName: String?
        ) {
            open.removeLast()
        }

        func parser(_ parser: XMLParser, foundCharacters string: String) {
            open.last?.text += string
        }
    }
}
