import AbsenceModel
import Foundation

/// What an event says beside its time.
struct BookingDetails: Sendable {
    var showAs: Booking.ShowAs
    var sensitivity: Booking.Sensitivity
    var response: Booking.Response
    var isCancelled: Bool
    var subject: String?
    var location: String?
    var body: String?
    var choice: Booking.Choice?

    /// - Parameters:
    ///   - method: METHOD of the calendar; CANCEL cancels all that it carries (RFC 5546 3.2.5).
    ///   - mailAddresses: The user's own, lower case.
    ///   - notes: Takes what could not be read.
    init(
        _ component: ParsedComponent,
        method: String?,
        mailAddresses: Set<String>,
        notes: inout [String]
    ) {
        let status = component.first(.status)?.value.uppercased()
        isCancelled = status == "CANCELLED" || method == "CANCEL"
        showAs = BookingDetails.showAs(component, status: status)
        sensitivity = BookingDetails.sensitivity(component)
        response = BookingDetails.response(component, mailAddresses)
        subject = component.first(.summary)?.text
        location = component.first(.location)?.text
        body = component.first(.description)?.text
        let choices = component.all(.choice).map(\.value)
        if let text = choices.first {
            choice = choices.count == 1 ? BookingDetails.choice(text) : nil
            if choice == nil {
                notes.append(
                    "X-KALENDERKOPPLING-CHOICE is not `skip` or `reason=...;kind=...`, "
                        + "and no choice was read"
                )
            }
        }
    }

    /// Exchange's own word first, then TRANSP, then STATUS (calendar-apis.md 4.3).
    private static func showAs(_ component: ParsedComponent, status: String?) -> Booking.ShowAs {
        switch component.first(.busyStatus)?.value.uppercased() {
        case "FREE": return .free
        case "TENTATIVE": return .tentative
        case "BUSY": return .busy
        case "OOF": return .outOfOffice
        case "WORKINGELSEWHERE": return .workingElsewhere
        default: break
        }
        if component.first(.transparency)?.value.uppercased() == "TRANSPARENT" {
            return .free
        }
        return status == "TENTATIVE" ? .tentative : .busy
    }

    /// An unknown CLASS is to be taken for PRIVATE (RFC 5545 3.8.1.3).
    private static func sensitivity(_ component: ParsedComponent) -> Booking.Sensitivity {
        switch component.first(.classification)?.value.uppercased() {
        case nil, "PUBLIC": .normal
        case "CONFIDENTIAL": .confidential
        default: .private
        }
    }

    /// The user's own answer; the organizer's line among the attendees counts where it takes
    /// the meeting back.
    private static func response(
        _ component: ParsedComponent,
        _ mailAddresses: Set<String>
    ) -> Booking.Response {
        let isUser = { (property: ParsedProperty) in
            [property.value, property.parameter("EMAIL")].compactMap { $0 }
                .contains { mailAddresses.contains(mailAddress(of: $0)) }
        }
        let attendees = component.all(.attendee)
        let answer = attendees.first(where: isUser).map(answer)
        let isOrganizer =
            attendees.isEmpty || component.first(.organizer).map(isUser) ?? false
        if let answer, answer == .declined || answer == .tentative { return answer }
        // Invited through a group: the meeting stands in the user's calendar all the same.
        return isOrganizer ? .organizer : answer ?? .accepted
    }

    private static func answer(of attendee: ParsedProperty) -> Booking.Response {
        switch attendee.parameter("PARTSTAT")?.uppercased() {
        case "ACCEPTED": .accepted
        case "TENTATIVE": .tentative
        case "DECLINED", "DELEGATED": .declined
        // NEEDS-ACTION, none, and what is unknown (RFC 5545 3.2.12).
        default: .notResponded
        }
    }

    /// The address of a `mailto:` URI, or of the address alone, in lower case.
    private static func mailAddress(of text: String) -> String {
        var address = text.lowercased()
        if address.hasPrefix("mailto:") { address.removeFirst("mailto:".count) }
        return address.utf8.contains(UInt8(ascii: "%"))
            ? address.removingPercentEncoding ?? address : address
    }

    /// Reads `skip`, or `reason=business_trip;kind=direct` with either left out.
    static func choice(_ text: String) -> Booking.Choice? {
        let text = text.replacing("\\", with: "").lowercased()
        if text == "skip" { return .skip }
        var reason: Reason?
        var kind: Kind?
        for part in text.split(separator: ";", omittingEmptySubsequences: false) {
            let sides = part.split(separator: "=", omittingEmptySubsequences: false)
            guard sides.count == 2 else { return nil }
            let value = String(sides[1]).trimmingWhitespace
            switch String(sides[0]).trimmingWhitespace {
            case "reason":
                guard reason == nil, !value.isEmpty, value.count <= 64,
                    value.allSatisfy({ $0.isLetter || $0.isNumber || "_-".contains($0) })
                else { return nil }
                reason = Reason(rawValue: value)
            case "kind":
                guard kind == nil, let known = Kind(rawValue: value) else { return nil }
                kind = known
            default:
                return nil
            }
        }
        return .absence(reason: reason, kind: kind)
    }
}
