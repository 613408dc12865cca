import Foundation
import FoundationXML
import Web

/// Reads a SOAP answer of Exchange.
final class EWSAnswerParser: NSObject {
    private var answer = EWSAnswer()
    private var message: EWSMessage?
    private var item: EWSItem?
    /// How deep the element of ``item`` stands.
    private var itemDepth = 0
    /// Names such as `m:Items`, with the prefix by which ``prefixes`` knows the namespace.
    private var stack: [String] = []
    /// The text of the element that was opened last, and the name under which it is kept.
    private var text = ""
    private var valueName: String?
    private var hasRoot = false
    private(set) var wrong: String?

    /// - Throws: ``RemoteFailure`` `malformed` where `bytes` are empty, not well-formed to the end,
    ///   or no SOAP envelope with one answer in it.
    static func parse(_ bytes: [UInt8]) throws(RemoteFailure) -> EWSAnswer {
        let reader = EWSAnswerParser()
        let bytes = XMLText.withoutForbiddenCharacters(bytes)
        if let fault = reader.fault(reading: bytes, expecting: "SOAP message") {
            throw malformed(fault)
        }
        guard !reader.answer.name.isEmpty else { throw malformed("its body holds nothing") }
        return reader.answer
    }

    private static func malformed(_ reason: String) -> RemoteFailure {
        RemoteFailure(.malformed, "the answer is not one of Exchange Web Services: \(reason)")
    }

    private static let prefixes = [
        "http://schemas.xmlsoap.org/soap/envelope/": "s",
        "http://schemas.microsoft.com/exchange/services/2006/messages": "m",
        "http://schemas.microsoft.com/exchange/services/2006/types": "t",
        "http://schemas.microsoft.com/exchange/services/2006/errors": "e",
        "": "",
    ]
}

extension EWSAnswerParser: DocumentReader {
    var isAtEnd: Bool { hasRoot && stack.isEmpty }

    func parser(
        _ parser: XMLParser,
        didStartElement elementName: String,
        namespaceURI: String?,
        qualifiedName: String?,
        attributes: [String: String]
    ) {
        let prefix = Self.prefixes[namespaceURI ?? ""] ?? "?"
        let name = prefix.isEmpty ? elementName : "\(prefix):\(elementName)"
        if stack.isEmpty, name != "s:Envelope" {
            wrong = "its root is \(elementName.prefix(40)), not a SOAP envelope"
            parser.abortParsing()
            return
        }
        hasRoot = true
        let parent = stack.last
        stack.append(name)
        text = ""
        if item != nil {
            beginInItem(name, attributes)
            return
        }
        switch (name, parent) {
        case (_, "s:Body") where stack.count == 3:
            answer.name = elementName
            if name == "s:Fault" { answer.fault = EWSError() }
        case (_, "m:ResponseMessages") where stack.count == 5:
            message = EWSMessage()
            message?.responseClass = attributes["ResponseClass"] ?? ""
        case ("m:RootFolder", _):
            message?.includesLastItem = XMLText.isTrue(attributes["IncludesLastItemInRange"])
        case ("t:Create", "m:Changes"), ("t:Update", "m:Changes"), ("t:Delete", "m:Changes"):
            message?.changeCount += 1
        case (_, "m:Items"), (_, "t:Items"):
            item = EWSItem(kind: elementName)
            itemDepth = stack.count
        case ("t:Value", "m:MessageXml"), ("t:Value", "t:MessageXml"):
            valueName = attributes["Name"]
        default:
            break
        }
    }

    private func beginInItem(_ name: String, _ attributes: [String: String]) {
        guard stack.count == itemDepth + 1 else { return }
        switch name {
        case "t:ItemId": item?.id = attributes["Id"] ?? ""
        case "t:StartTimeZone": item?.startZone = attributes["Id"]
        default: break
        }
    }

    func parser(
        _ parser: XMLParser,
        didEndElement elementName: String,
        namespaceURI: String?,
        qualifiedName: String?
    ) {
        guard let name = stack.last else { return }
        defer {
            stack.removeLast()
            text = ""
        }
        if item != nil {
            endInItem(name, elementName)
            return
        }
        switch name {
        case "m:ResponseCode":
            message?.error.code = text.trimmingBlanks()
        case "e:ResponseCode":
            answer.fault?.code = text.trimmingBlanks()
        case "faultcode" where answer.fault?.code.isEmpty == true:
            // Such as `a:ErrorSchemaValidation`, for faults without details.
            answer.fault?.code = String(text.trimmingBlanks().split(separator: ":").last ?? "")
        case "t:Value":
            if let valueName {
                message?.error.details[valueName] = text
                answer.fault?.details[valueName] = text
            }
            valueName = nil
        case "m:SyncState":
            message?.syncState = text.trimmingBlanks()
        case "m:IncludesLastItemInRange":
            message?.includesLastItem = XMLText.isTrue(text.trimmingBlanks())
        case _ where stack.count == 5 && stack[3] == "m:ResponseMessages":
            if let message { answer.messages.append(message) }
            message = nil
        default:
            break
        }
    }

    private func endInItem(_ name: String, _ elementName: String) {
        switch stack.count - itemDepth {
        case 0:
            if let item { message?.items.append(item) }
            item = nil
        case 1 where name.hasPrefix("t:"):
            item?.properties[elementName] = text
        case 2 where name == "t:Value" && stack[itemDepth] == "t:ExtendedProperty":
            item?.choice = text
        default:
            break
        }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        text += string
    }

    func parser(_ parser: XMLParser, foundCDATA CDATABlock: Data) {
        text += String(decoding: CDATABlock, as: UTF8.self)
    }
}
