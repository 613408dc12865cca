import Foundation
import Web

/// A named property of text that programs keep on items (calendar-apis.md 2.2, ExtendedFieldURI).
///
/// Settings write it as `SET/NAME`: the set is one of Exchange's own names, such as
/// `PublicStrings/KalenderkopplingChoice`, or a GUID, as in
/// `{00020329-0000-0000-C000-000000000046}/KalenderkopplingChoice`.
struct EWSExtendedField: Hashable, Sendable {
    private var setAttribute: String
    private var set: String
    private var name: String

    /// - Throws: ``RemoteFailure`` where `text` has another form.
    init(_ text: String) throws(RemoteFailure) {
        let sides = text.split(separator: "/", maxSplits: 1).map(String.init)
        guard sides.count == 2, !sides[1].isEmpty, sides[1].utf8.count <= 255 else {
            throw Self.malformed
        }
        name = sides[1]
        set = sides[0]
        if Self.distinguishedSets.contains(set) {
            setAttribute = "DistinguishedPropertySetId"
        } else if set.hasPrefix("{"), set.hasSuffix("}"),
            let identifier = UUID(uuidString: String(set.dropFirst().dropLast()))
        {
            setAttribute = "PropertySetId"
            set = identifier.uuidString.lowercased()
        } else {
            throw Self.malformed
        }
    }

    /// How a request names it.
    var element: String {
        "<t:ExtendedFieldURI \(setAttribute)=\"\(set)\" "
            + "PropertyName=\"\(EWSQuestion.escaped(name))\" PropertyType=\"String\"/>"
    }

    private static let malformed = RemoteFailure(
        .malformed,
        "the choice property is not written as SET/NAME, such as "
            + "PublicStrings/KalenderkopplingChoice or {GUID}/KalenderkopplingChoice"
    )

    private static let distinguishedSets: Set<String> = [
        "Address", "Appointment", "CalendarAssistant", "Common", "InternetHeaders", "Meeting",
        "PublicStrings", "Sharing", "Task", "UnifiedMessaging",
    ]
}
