public import AbsenceModel
import Crypto
import Foundation

/// The document that tells a presence: PIDF (RFC 3863) with the person's activities (RFC 4480),
/// the time that they last (RFC 4481), and the person's name (RFC 4482).
///
/// The same state always gives the same text. The tuple has one id per extension, so that of two
/// documents a server shows the newer one only. Clients read little of RPID: some look for the
/// very text `<rpid:busy/>` or `<rpid:away/>` and a bare `<basic>` (telephony.md part 4, 7), so
/// these prefixes are used, and one of the two stands beside the exact activity.
public struct PresenceDocument: Hashable, Sendable {
    public let text: String

    /// SHA-256 of the text, in hexadecimal figures.
    public var digest: String {
        SHA256.hash(data: Data(text.utf8)).map { String(format: "%02x", $0) }.joined()
    }

    /// - Parameter domain: of the extensions' addresses.
    public init(of state: PresenceState, domain: String) {
        text = Self.text(of: state, domain: domain)
    }

    private static func text(of state: PresenceState, domain: String) -> String {
        let activity = Activity(state.reason)
        let from = time(state.from)
        let until = time(state.until)
        let entity = "sip:\(state.phone)@\(domain)"
        // Only a direct diversion keeps calls away.
        let basic = state.kind == .direct ? "closed" : "open"
        let note = state.reason.isSickLeave ? nil : state.label
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <presence xmlns="urn:ietf:params:xml:ns:pidf" \
            xmlns:dm="urn:ietf:params:xml:ns:pidf:data-model" \
            xmlns:rpid="urn:ietf:params:xml:ns:pidf:rpid" \
            xmlns:ts="urn:ietf:params:xml:ns:pidf:timed-status" \
            xmlns:c="urn:ietf:params:xml:ns:pidf:cipid" entity="\(escaped(entity))">\
            <tuple id="absence-\(escaped(state.phone))"><status><basic>\(basic)</basic></status>\
            <ts:timed-status from="\(from)" until="\(until)"><ts:basic>\(basic)</ts:basic>\
            </ts:timed-status>\(element("note", note, language: state.language))</tuple>\
            <dm:person id="person-\(escaped(state.phone))">\
            <rpid:activities from="\(from)" until="\(until)">\(activity.elements)</rpid:activities>\
            <c:display-name>\(escaped(state.displayName))</c:display-name>\
            \(element("dm:note", note, language: state.language))</dm:person></presence>

            """
    }

    private static func element(_ name: String, _ text: String?, language: String) -> String {
        guard let text else { return "" }
        return "<\(name) xml:lang=\"\(escaped(language))\">\(escaped(text))</\(name)>"
    }

    private static func time(_ instant: Date) -> String {
        instant.formatted(.iso8601)
    }

    /// XML 1.0 2.2 and 2.4: what has a meaning of its own is named, what no document may hold is
    /// left out.
    private static func escaped(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&apos;"
            case "\t", "\n", "\r": result += " "
            case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": break
            default: result.unicodeScalars.append(scalar)
            }
        }
    }

    /// What somebody does, as RFC 4480 3.2 calls it, and whether they are busy or away.
    private struct Activity {
        var name: String
        var coarse: String

        init(_ reason: Reason) {
            (name, coarse) =
                switch reason.rawValue {
                case "meeting", "external_meeting": ("meeting", "busy")
                case "course": ("appointment", "busy")
                case "busy", "do_not_disturb": ("busy", "busy")
                case "lunch": ("meal", "away")
                case "business_trip": ("travel", "away")
                case "vacation": ("vacation", "away")
                case "errand", "back_soon", "unavailable", "gone_for_the_day", "time_off", "leave",
                    "away":
                    ("away", "away")
                // Health is nobody's business, and a customer's own reasons have no name there.
                default: ("other", "away")
                }
        }

        var elements: String {
            ([name] + [coarse].filter { $0 != name }).map { "<rpid:\($0)/>" }.joined()
        }
    }
}
