import AbsenceModel
import Web

extension GoogleEventReader {
    /// The kind of event first, then whether it blocks time, then how sure it is.
    ///
    /// Focus time is busy: no absence, and no wish to be disturbed. Birthdays and what Gmail put
    /// in are as transparent as they say. A place of work elsewhere than at the office is
    /// `working_elsewhere`; at the office it says nothing about an absence, and Google's own word
    /// for it, transparent, holds.
    static func showAs(_ item: JSONElement) -> Booking.ShowAs {
        if let type = item["eventType"] {
            if type.reads("outOfOffice") { return .outOfOffice }
            if type.reads("workingLocation") {
                let place = item["workingLocationProperties"]?["type"]
                return place?.reads("officeLocation") == true ? .free : .workingElsewhere
            }
        }
        if item["transparency"]?.reads("transparent") == true { return .free }
        return item["status"]?.reads("tentative") == true ? .tentative : .busy
    }

    /// What is not known is private. `default` is what the calendar's owner has set for all,
    /// which is not told.
    static func sensitivity(_ item: JSONElement) -> Booking.Sensitivity {
        guard let visibility = item["visibility"] else { return .normal }
        if visibility.reads("default") || visibility.reads("public") { return .normal }
        return visibility.reads("confidential") ? .confidential : .private
    }

    /// The answer of the attendee whose calendar this is; the organizer's counts where it takes
    /// the meeting back, as in ``BookingDetails``.
    static func response(_ item: JSONElement) -> Booking.Response {
        var answer: Booking.Response?
        var hasAttendees = item["attendeesOmitted"]?.bool == true
        if let attendees = item["attendees"]?.values {
            for attendee in attendees {
                hasAttendees = true
                guard attendee["self"]?.bool == true else { continue }
                answer = Self.answer(attendee["responseStatus"])
                break
            }
        }
        if let answer, answer == .declined || answer == .tentative { return answer }
        if !hasAttendees || item["organizer"]?["self"]?.bool == true { return .organizer }
        // Invited through a group: the meeting stands in the user's calendar all the same.
        return answer ?? .accepted
    }

    private static func answer(_ status: JSONElement?) -> Booking.Response {
        guard let status else { return .notResponded }
        if status.reads("accepted") { return .accepted }
        if status.reads("tentative") { return .tentative }
        return status.reads("declined") ? .declined : .notResponded
    }
}
