import Settings

/// The words of the audit and of the rules, as people say them.
enum Words {
    /// What a key of the database means in a language; the key itself where nobody knows it.
    static func word(_ key: String, in language: Language) -> String {
        guard let (swedish, norwegian, english) = table[key] else { return key }
        return switch language {
        case .swedish: swedish
        case .norwegian: norwegian
        case .english: english
        }
    }

    static var keys: [String] { table.keys.sorted() }

    private static let table: [String: (String, String, String)] = [
        // kinds
        "information": (
            "samtal ringer som vanligt, kollegor och telefonist ser det",
            "anrop ringer som vanlig, kolleger og sentralbord ser det",
            "calls ring as usual, colleagues and attendants see it"
        ),
        "open": (
            "telefonen ringer först, sedan hörs beskedet",
            "telefonen ringer først, så høres beskjeden",
            "the phone rings first, then callers hear the message"
        ),
        "direct": (
            "telefonen är stängd, beskedet hörs genast",
            "telefonen er stengt, beskjeden høres med en gang",
            "the phone is closed, callers hear the message at once"
        ),
        // show-as
        "free": ("ledig", "ledig", "free"),
        "tentative": ("preliminär", "foreløpig", "tentative"),
        "busy": ("upptagen", "opptatt", "busy"),
        "out_of_office": ("frånvarande", "ikke til stede", "out of office"),
        "working_elsewhere": (
            "arbetar på annan plats", "arbeider et annet sted", "working elsewhere"
        ),
        "unknown": ("okänd", "ukjent", "unknown"),
        // what decided
        "by_choice": (
            "användarens val för just denna bokning", "brukerens valg for akkurat denne avtalen",
            "the user's choice for this one booking"
        ),
        "by_code": ("tecknet i ämnesraden", "tegnet i emnefeltet", "the sign in its subject"),
        "by_user": ("användarens egna regler", "brukerens egne regler", "the user's own rules"),
        "by_administrator": (
            "administratörens regler", "administratorens regler", "the administrator's rules"
        ),
        "by_template": ("mallens regler", "malens regler", "the template's rules"),
        // why a booking gives nothing
        "cancelled": ("mötet är inställt", "møtet er avlyst", "the meeting is cancelled"),
        "declined": ("användaren tackade nej", "brukeren takket nei", "the user declined it"),
        "no_time": (
            "den slutar när den börjar", "den slutter når den begynner", "it ends when it starts"
        ),
        "user_without_service": (
            "användaren har inte tjänsten", "brukeren har ikke tjenesten",
            "the user does not have the service"
        ),
        "user_disabled": (
            "användaren har stängt av kopplingen", "brukeren har slått av koblingen",
            "the user switched it off"
        ),
        "private": (
            "privata bokningar används inte", "private avtaler brukes ikke",
            "private bookings are not used"
        ),
        "booking_override": (
            "användaren valde så för bokningen", "brukeren valgte slik for avtalen",
            "the user chose so for this booking"
        ),
        "all_day": (
            "heldagsbokningar används inte", "heldagsavtaler brukes ikke",
            "all-day bookings are not used"
        ),
        "not_answered": (
            "koden gäller först när inbjudan är besvarad",
            "koden gjelder først når innkallingen er besvart",
            "its code does not count until the invitation is answered"
        ),
        "no_code": ("den har ingen kod", "den har ingen kode", "it has no code"),
        "show_as": (
            "reglerna hoppar över det som visas så", "reglene hopper over det som vises slik",
            "the rules skip what is shown so"
        ),
        "outside_office_hours": (
            "den ligger utanför kontorstid", "den ligger utenfor kontortiden",
            "it lies outside office hours"
        ),
        "covered": (
            "en annan frånvaro avgör hela dess tid", "et annet fravær avgjør hele tiden",
            "another absence decides the whole of its time"
        ),
        "past": ("den är slut", "den er slutt", "it has ended"),
        "beyond_horizon": (
            "den börjar för långt fram", "den begynner for langt fram", "it begins too far ahead"
        ),
        // what a telephone system cannot express
        "loss_kind": (
            "sorten blev en svagare", "typen ble en svakere", "its kind became a weaker one"
        ),
        "loss_time": (
            "tiderna fick kortas", "tidene måtte kortes", "its times had to be cut"
        ),
        "loss_reason": (
            "orsaken blev den förvalda", "årsaken ble den forvalgte",
            "its reason became the default one"
        ),
        "loss_return_time": (
            "återtiden blev slutet", "returtiden ble slutten", "the return became its end"
        ),
        "loss_text": ("texten fick kortas", "teksten måtte kortes", "its text had to be cut"),
        "loss_target": (
            "samtal går till det talade beskedet", "anrop går til den talte beskjeden",
            "calls go to the spoken message"
        ),
        "loss_ring_seconds": (
            "det ringer så länge som växeln vill", "det ringer så lenge systemet vil",
            "it rings as long as the system will"
        ),
        "withheld_kind": (
            "den har inte den sortens frånvaro", "det har ikke den typen fravær",
            "it has no such kind of absence"
        ),
        "withheld_time": (
            "inget är kvar av den i växelns tider", "ingenting er igjen av det i systemets tider",
            "nothing is left of it in the system's times"
        ),
        "withheld_not_yet": (
            "den kan inte sättas i förväg", "det kan ikke settes på forhånd",
            "it cannot be placed ahead"
        ),
        "withheld_entries": (
            "en annan kommer före", "et annet kommer først", "another comes first"
        ),
        // changes
        "create": ("sattes", "satt", "set"),
        "update": ("ändrades", "endret", "changed"),
        "withdraw": ("togs bort", "fjernet", "withdrawn"),
        "gone_from_calendar": (
            "bokningen är borta ur kalendern", "avtalen er borte fra kalenderen",
            "the booking is gone from the calendar"
        ),
        "elsewhere": (
            "bokningen står bakom en annan frånvaro", "avtalen står bak et annet fravær",
            "its booking stands behind another absence"
        ),
        "for_person": (
            "fick ge vika för vad en person satte", "måtte vike for det en person satte",
            "made way for what a person set"
        ),
        "by_command": ("på kommando", "på kommando", "by command"),
        "done": ("utfört", "utført", "done"),
        "unchanged": ("stod redan så", "sto allerede slik", "stood so already"),
        "failed": ("misslyckades", "mislyktes", "failed"),
        "conflict": (
            "en person hade redan varit där", "en person hadde allerede vært der",
            "a person had been there"
        ),
        "found_done": ("sågs vara utfört", "ble sett utført", "found done"),
        "found_undone": ("sågs vara ogjort", "ble sett ugjort", "found undone"),
        "not_carried_out": ("utfördes inte", "ble ikke utført", "not carried out"),
        "held_limits": (
            "planen gick utöver gränserna", "planen gikk ut over grensene",
            "the plan went beyond the limits"
        ),
        "held_deleted_by_hand": ("borttagen för hand", "fjernet for hånd", "deleted by hand"),
        "held_changed_by_hand": ("ändrad för hand", "endret for hånd", "changed by hand"),
        "somebody": ("Någon", "Noen", "Somebody"),
        "person_somebody": ("Användaren", "Brukeren", "The user"),
        "attendant_somebody": ("En telefonist", "Sentralbordet", "An attendant"),
    ]
}
