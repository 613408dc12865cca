public import AbsenceModel

/// What a caller is told of why somebody is away.
///
/// One for each reason of the catalogue (domain.md part 3) that may be told. Sick leave is health
/// data, and a customer's own reason has no words here: of both a caller hears only that the
/// person is not available.
public enum ReasonPhrase: String, CaseIterable, Sendable {
    case meeting
    case externalMeeting = "external_meeting"
    case errand
    case businessTrip = "business_trip"
    case course
    case lunch
    case backSoon = "back_soon"
    case busy
    case doNotDisturb = "do_not_disturb"
    case unavailable
    case goneForTheDay = "gone_for_the_day"
    case timeOff = "time_off"
    case vacation
    case leave
    case away

    public init(_ reason: Reason) {
        self = ReasonPhrase(rawValue: reason.rawValue) ?? .unavailable
    }
}
