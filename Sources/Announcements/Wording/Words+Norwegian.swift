extension Words {
    /// Bokmål. Years are told as "tjuetrettisju", which Språkrådet puts beside the longer form
    /// (2014), and there is no "og", which the synthesiser says with a g.
    static let norwegian = Words(
        callee: Prompt("callee", "Den du ringer"),
        until: Prompt("until", "til"),
        back: Prompt("back", "men er tilbake"),
        midnight: Prompt("midnight", "midnatt"),
        furtherNotice: Prompt("further_notice", "inntil videre"),
        at: nil,
        reasons: [
            .meeting: "er i møte",
            .externalMeeting: "er i eksternt møte",
            .errand: "er ute i et ærend",
            .businessTrip: "er på forretningsreise",
            .course: "er på kurs",
            .lunch: "er ute til lunsj",
            .backSoon: "er borte en kort stund",
            .busy: "er opptatt",
            .doNotDisturb: "ønsker ikke å bli forstyrret",
            .unavailable: "er ikke tilgjengelig",
            .goneForTheDay: "har gått for dagen",
            .timeOff: "har fri",
            .vacation: "har ferie",
            .leave: "har permisjon",
            .away: "er ikke til stede",
        ],
        confirmations: [
            .away: "Du er satt som fraværende",
            .back: "Fraværet er slettet",
        ],
        weekdays: ["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"],
        months: [
            "januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september",
            "oktober", "november", "desember",
        ],
        days: [
            "første", "andre", "tredje", "fjerde", "femte", "sjette", "sjuende", "åttende",
            "niende", "tiende", "ellevte", "tolvte", "trettende", "fjortende", "femtende",
            "sekstende", "syttende", "attende", "nittende", "tjuende", "tjueførste",
            "tjueandre", "tjuetredje", "tjuefjerde", "tjuefemte", "tjuesjette", "tjuesjuende",
            "tjueåttende", "tjueniende", "trettiende", "trettiførste",
        ].map { "den \($0)" },
        numbers: CountingWords(
            small: [
                "null", "ett", "to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti",
                "elleve", "tolv", "tretten", "fjorten", "femten", "seksten", "sytten", "atten",
                "nitten",
            ],
            tens: ["tjue", "tretti", "førti", "femti", "seksti", "sytti", "åtti", "nitti"],
            joint: "",
            // With the accent the synthesiser says a long e; without, it swallows it.
            unitsAfterTen: [1: "én"],
            century: "tjue"
        ),
        clock: .twentyFourHours(hour: "klokken", minutes: .digits)
    )
}
