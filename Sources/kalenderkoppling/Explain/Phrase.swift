import Settings

/// A sentence of an explanation, in Swedish, Norwegian and English; names in braces are filled in.
enum Phrase: CaseIterable {
    case ringsAsUsual, stands, callersHear, setByPerson
    case decidedBy, decidedByLost, joinedBy, joinedByLost, changedSince, byCode, weakened
    case planned, madeWay, reach, wantedOnly, noLongerWanted, lost, withheld
    case deletedByHand, changedByHand, nothingFrom, deeds, deed, heldBack, outcomeUnknown

    /// The sentence in a language, with `values` in place of the names in braces.
    func text(in language: Language, _ values: [String: String]) -> String {
        values.reduce(form(in: language)) { text, value in
            text.replacing("{\(value.key)}", with: value.value)
        }
    }

    func form(in language: Language) -> String {
        let (swedish, norwegian, english) = forms
        return switch language {
        case .swedish: swedish
        case .norwegian: norwegian
        case .english: english
        }
    }

    private var forms: (String, String, String) {
        switch self {
        case .ringsAsUsual:
            (
                "{who}, {at}: ingen frånvaro stod på telefonen; samtal ringer som vanligt.",
                "{who}, {at}: ikke noe fravær sto på telefonen; anrop ringer som vanlig.",
                "{who}, {at}: no absence stood on the phone; calls ring as usual."
            )
        case .stands:
            (
                "{who}, {at}: {reason}, {stretch}; {effect}.",
                "{who}, {at}: {reason}, {stretch}; {effect}.",
                "{who}, {at}: {reason}, {stretch}; {effect}."
            )
        case .callersHear:
            (
                "Den som ringer hör: {reason}, åter {back}.",
                "Den som ringer, hører: {reason}, tilbake {back}.",
                "Callers hear: {reason}, back {back}."
            )
        case .setByPerson:
            (
                "{who} satte den på telefonsidan{when}, inte kalendern.",
                "{who} satte det på telefonsiden{when}, ikke kalenderen.",
                "{who} set it on the telephone side{when}, not the calendar."
            )
        case .decidedBy:
            (
                "Bokningen {booking} avgjorde ({stretch}, visas som {shown}, så i kalendern sedan"
                    + " {since}): {rule}, regelverk {version}.",
                "Avtalen {booking} avgjorde ({stretch}, vises som {shown}, slik i kalenderen siden"
                    + " {since}): {rule}, regelsett {version}.",
                "Booking {booking} decided ({stretch}, shown as {shown}, so in the calendar since"
                    + " {since}): {rule}, rule set {version}."
            )
        case .decidedByLost:
            (
                "Bokningen {booking} avgjorde; den fanns inte längre i kalendern.",
                "Avtalen {booking} avgjorde; den fantes ikke lenger i kalenderen.",
                "Booking {booking} decided; it was in the calendar no longer."
            )
        case .joinedBy:
            (
                "Sammanslagen med bokningen {booking} ({stretch}): {rule}.",
                "Slått sammen med avtalen {booking} ({stretch}): {rule}.",
                "Merged with booking {booking} ({stretch}): {rule}."
            )
        case .joinedByLost:
            (
                "Sammanslagen med bokningen {booking}, som inte längre fanns i kalendern.",
                "Slått sammen med avtalen {booking}, som ikke lenger fantes i kalenderen.",
                "Merged with booking {booking}, which was in the calendar no longer."
            )
        case .changedSince:
            (
                "Bokningen hade ändrats sedan frånvaron sattes.",
                "Avtalen var endret siden fraværet ble satt.",
                "The booking had changed since the absence was set."
            )
        case .byCode:
            (
                "koden {code} i ämnesraden", "koden {code} i emnefeltet",
                "the code {code} in its subject"
            )
        case .weakened:
            (
                "Bara information, eftersom tjänsten hänvisning saknas.",
                "Bare informasjon, fordi tjenesten viderekobling mangler.",
                "Information only, for want of the diversion service."
            )
        case .planned:
            (
                "Planerades {planned} (körning {run}) och bekräftades av telefonsidan"
                    + " {acknowledged}.",
                "Ble planlagt {planned} (kjøring {run}) og bekreftet av telefonsiden"
                    + " {acknowledged}.",
                "Planned {planned} (run {run}), acknowledged by the telephone side {acknowledged}."
            )
        case .madeWay:
            (
                "Bokningen {booking} fick ge vika {stretch}.",
                "Avtalen {booking} måtte vike {stretch}.",
                "Booking {booking} had to make way {stretch}."
            )
        case .reach:
            (
                "Mötets kod stänger {count} telefoner.", "Møtets kode stenger {count} telefoner.",
                "The meeting's code closes {count} phones."
            )
        case .wantedOnly:
            (
                "Enligt reglerna ska det stå {reason}, {stretch} ({effect}), men det stod inte på"
                    + " telefonen.",
                "Etter reglene skal det stå {reason}, {stretch} ({effect}), men det sto ikke på"
                    + " telefonen.",
                "By the rules it should say {reason}, {stretch} ({effect}), but that did not stand"
                    + " on the phone."
            )
        case .noLongerWanted:
            (
                "Reglerna vill inte ha den längre; nästa körning tar bort den.",
                "Reglene vil ikke ha det lenger; neste kjøring fjerner det.",
                "The rules want it no longer; the next run withdraws it."
            )
        case .lost:
            (
                "Telefonväxeln kan inte uttrycka allt: {losses}.",
                "Telefonsystemet kan ikke uttrykke alt: {losses}.",
                "The telephone system cannot express all of it: {losses}."
            )
        case .withheld:
            (
                "Telefonväxeln fick den inte: {because}.",
                "Telefonsystemet fikk det ikke: {because}.",
                "The telephone system did not get it: {because}."
            )
        case .deletedByHand:
            (
                "{who} tog bort den på telefonsidan{when} (sett {found}); så förblir det tills bokningen"
                    + " ändras.",
                "{who} fjernet det på telefonsiden{when} (sett {found}); slik blir det til avtalen"
                    + " endres.",
                "{who} deleted it on the telephone side{when} (found {found}); it stays so until the"
                    + " booking changes."
            )
        case .changedByHand:
            (
                "{who} ändrade den på telefonsidan{when} (sett {found}); så förblir det tills bokningen"
                    + " ändras.",
                "{who} endret det på telefonsiden{when} (sett {found}); slik blir det til avtalen"
                    + " endres.",
                "{who} changed it on the telephone side{when} (found {found}); it stays so until the"
                    + " booking changes."
            )
        case .nothingFrom:
            (
                "Bokningar {day} som inte gav något:", "Avtaler {day} som ikke ga noe:",
                "Bookings of {day} that gave nothing:"
            )
        case .deeds:
            (
                "Vad som gjordes med telefonen för {at}:",
                "Hva som ble gjort med telefonen for {at}:",
                "What was done to the phone for {at}:"
            )
        case .deed:
            (
                "Körning {run}, planerad {planned}: {action}, {end}.",
                "Kjøring {run}, planlagt {planned}: {action}, {end}.",
                "Run {run}, planned {planned}: {action}, {end}."
            )
        case .heldBack:
            ("hålls tillbaka: {because}", "holdes tilbake: {because}", "held back: {because}")
        case .outcomeUnknown:
            ("utfallet är inte känt än", "utfallet er ikke kjent ennå", "outcome not known yet")
        }
    }
}
