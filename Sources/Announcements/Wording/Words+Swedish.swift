extension Words {
    static let swedish = Words(
        callee: Prompt("callee", "Den du söker"),
        until: Prompt("until", "till"),
        back: Prompt("back", "och är åter"),
        midnight: Prompt("midnight", "midnatt"),
        furtherNotice: Prompt("further_notice", "tills vidare"),
        at: nil,
        reasons: [
            .meeting: "är i möte",
            .externalMeeting: "är på externt möte",
            .errand: "är på tjänsteärende",
            .businessTrip: "är på tjänsteresa",
            .course: "är på kurs",
            .lunch: "är på lunch",
            .backSoon: "är borta en kort stund",
            .busy: "är upptagen",
            .doNotDisturb: "vill inte bli störd",
            .unavailable: "är inte anträffbar",
            .goneForTheDay: "har gått för dagen",
            .timeOff: "är ledig",
            .vacation: "har semester",
            .leave: "är tjänstledig",
            .away: "är frånvarande",
        ],
        confirmations: [
            .away: "Du är hänvisad",
            .back: "Hänvisningen är borttagen",
        ],
        weekdays: ["måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"],
        months: [
            "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti",
            "september", "oktober", "november", "december",
        ],
        days: [
            "första", "andra", "tredje", "fjärde", "femte", "sjätte", "sjunde", "åttonde",
            "nionde", "tionde", "elfte", "tolfte", "trettonde", "fjortonde", "femtonde",
            "sextonde", "sjuttonde", "artonde", "nittonde", "tjugonde", "tjugoförsta",
            "tjugoandra", "tjugotredje", "tjugofjärde", "tjugofemte", "tjugosjätte",
            "tjugosjunde", "tjugoåttonde", "tjugonionde", "trettionde", "trettioförsta",
        ].map { "den \($0)" },
        numbers: CountingWords(
            small: [
                "noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio",
                "elva", "tolv", "tretton", "fjorton", "femton", "sexton", "sjutton", "arton",
                "nitton",
            ],
            tens: [
                "tjugo", "trettio", "fyrtio", "femtio", "sextio", "sjuttio", "åttio", "nittio",
            ],
            joint: "",
            unitsAfterTen: [:],
            century: "tjugohundra"
        ),
        clock: .twentyFourHours(hour: "klockan", minutes: .joined(by: "och"))
    )
}
