import Foundation
import FoundationXML
import Web

/// Reads a `DAV:multistatus`.
final class MultistatusParser: NSObject {
    private var result = Multistatus()
    private var row = Multistatus.Row()
    private var propstat = PropStat()
    private var property = Multistatus.Property()
    private var propertyName: DAVName?
    private var stack: [DAVName] = []
    private var hasRoot = false
    /// The text of the element that was opened last.
    private var text = ""
    private(set) var wrong: String?

    private struct PropStat {
        var status: Int?
        var properties: [DAVName: Multistatus.Property] = [:]
    }

    /// - Throws: ``RemoteFailure`` `malformed` where `bytes` are empty, not well-formed to the end,
    ///   or something else than a multistatus.
    static func parse(_ bytes: [UInt8]) throws(RemoteFailure) -> Multistatus {
        let reader = MultistatusParser()
        if let fault = reader.fault(reading: bytes, expecting: "multistatus") {
            throw malformed(fault)
        }
        return reader.result
    }

    private static func malformed(_ reason: String) -> RemoteFailure {
        RemoteFailure(.malformed, "the answer is no WebDAV multistatus: \(reason)")
    }
}

extension MultistatusParser: DocumentReader {
    var isAtEnd: Bool { hasRoot && stack.isEmpty }

    func parser(
        _ parser: XMLParser,
        didStartElement elementName: String,
        namespaceURI: String?,
        qualifiedName: String?,
        attributes: [String: String]
    ) {
        let name = DAVName(namespace: namespaceURI ?? "", local: elementName)
        if stack.isEmpty, name != .dav("multistatus") {
            wrong = "its root is \(elementName.prefix(40))"
            parser.abortParsing()
            return
        }
        hasRoot = true
        stack.append(name)
        text = ""
        switch stack.count {
        case 2 where name == .dav("response"):
            row = Multistatus.Row()
        case 3 where isWithin([.dav("response"), .dav("propstat")]):
            propstat = PropStat()
        case 5 where isWithin([.dav("response"), .dav("propstat"), .dav("prop")]):
            property = Multistatus.Property()
            propertyName = name
        case 6... where propertyName != nil:
            property.elements.append(.init(name: name, nameAttribute: attributes["name"]))
        default:
            break
        }
    }

    func parser(
        _ parser: XMLParser,
        didEndElement elementName: String,
        namespaceURI: String?,
        qualifiedName: String?
    ) {
        guard let name = stack.last else { return }
        switch stack.count {
        case 2 where name == .dav("response"):
            guard !row.href.isEmpty else {
                wrong = "a response has no href"
                parser.abortParsing()
                return
            }
            result.rows.append(row)
        case 2 where name == .dav("sync-token"):
            result.syncToken = text.trimmingBlanks()
        case 3 where stack[1] == .dav("response"):
            endOfRowPart(name)
        case 4 where name == .dav("status") && stack[2] == .dav("propstat"):
            propstat.status = Self.statusCode(text)
        case 5:
            if let propertyName {
                // What stood after the last element within is no value, only layout.
                if property.elements.isEmpty { property.text = text }
                propstat.properties[propertyName] = property
            }
            propertyName = nil
        case 6... where propertyName != nil && name == .dav("href"):
            property.hrefs.append(text)
        default:
            break
        }
        stack.removeLast()
        text = ""
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        text += string
    }

    func parser(_ parser: XMLParser, foundCDATA CDATABlock: Data) {
        text += String(decoding: CDATABlock, as: UTF8.self)
    }

    private func endOfRowPart(_ name: DAVName) {
        switch name {
        case .dav("href") where row.href.isEmpty:
            row.href = text.trimmingBlanks()
        case .dav("status"):
            row.status = Self.statusCode(text)
        case .dav("propstat"):
            let status = propstat.status ?? 0
            if 200..<300 ~= status {
                row.properties.merge(propstat.properties) { _, new in new }
            } else {
                for name in propstat.properties.keys { row.missing[name] = status }
            }
        default:
            break
        }
    }

    /// Whether the innermost element lies below the root and then exactly these.
    private func isWithin(_ names: [DAVName]) -> Bool {
        stack.dropFirst().starts(with: names)
    }

    /// 404 of `HTTP/1.1 404 Not Found`; 0 of anything else, which is no success.
    private static func statusCode(_ text: String) -> Int {
        let parts = text.trimmingBlanks().split(separator: " ", maxSplits: 2)
        return parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    }
}
