import Settings

/// The codes of a system and how they stand, as the requirements list them.
enum CodeTable: String, CaseIterable {
    case trio, cmg
    case kalenderPush = "kalender-push"

    /// Codes with their reasons.
    var codes: [(code: String, reason: String)] {
        switch self {
        case .trio:
            [("SAM", "meeting"), ("TJÄ", "errand"), ("SEM", "vacation"), ("LDG", "time_off")]
        case .cmg:
            [
                ("NP/L:", "lunch"), ("NP/GF:", "gone_for_the_day"), ("NP/T:", "errand"),
                ("NP/M:", "meeting"), ("NP/TR:", "business_trip"), ("NP/K:", "course"),
                ("NP/S:", "vacation"), ("NP/VAB:", "sick_child"), ("NP/TF:", "busy"),
                ("NP/Sj:", "sick"),
            ]
        case .kalenderPush:
            [
                ("Ikf", "do_not_disturb"), ("Ikke Forstyrr", "do_not_disturb"),
                ("Gåt", "gone_for_the_day"), ("Gått for dagen", "gone_for_the_day"),
                ("Eks", "external_meeting"), ("Ekstern avtale", "external_meeting"),
                ("Møt", "meeting"), ("Møte", "meeting"), ("For", "business_trip"),
                ("Forretningsreise", "business_trip"), ("Ute", "lunch"),
                ("Ute til lunch", "lunch"), ("Ferie", "vacation"), ("Ikt", "unavailable"),
                ("Ikke tilgjengelig", "unavailable"), ("Sna", "back_soon"),
                ("Snart tilbake", "back_soon"), ("Syk", "sick"), ("Per", "leave"),
                ("Permisjon", "leave"),
            ]
        }
    }
}
