extension Words {
    /// British. Times are told by twelve hours with the part of the day, so that eight thirty is
    /// never taken for the other one.
    static let english = Words(
        callee: Prompt("callee", "The person you are calling"),
        until: Prompt("until", "until"),
        back: Prompt("back", "and will be back on"),
        midnight: Prompt("midnight", "midnight"),
        furtherNotice: Prompt("further_notice", "until further notice"),
        at: Prompt("at", "at"),
        reasons: [
            .meeting: "is in a meeting",
            .externalMeeting: "is at an external meeting",
            .errand: "is out on an errand",
            .businessTrip: "is on a business trip",
            .course: "is on a course",
            .lunch: "is at lunch",
            .backSoon: "is away for a short while",
            .busy: "is busy",
            .doNotDisturb: "does not wish to be disturbed",
            .unavailable: "is not available",
            .goneForTheDay: "has gone for the day",
            .timeOff: "is off work",
            .vacation: "is on holiday",
            .leave: "is on leave",
            .away: "is away",
        ],
        confirmations: [
            .away: "Your absence is set",
            .back: "Your absence is removed",
        ],
        weekdays: [
            "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
        ],
        months: [
            "January", "February", "March", "April", "May", "June", "July", "August",
            "September", "October", "November", "December",
        ].map { "of \($0)" },
        days: [
            "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
            "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth",
            "seventeenth", "eighteenth", "nineteenth", "twentieth", "twenty-first",
            "twenty-second", "twenty-third", "twenty-fourth", "twenty-fifth", "twenty-sixth",
            "twenty-seventh", "twenty-eighth", "twenty-ninth", "thirtieth", "thirty-first",
        ].map { "the \($0)" },
        numbers: CountingWords(
            small: [
                "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
                "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen",
                "seventeen", "eighteen", "nineteen",
            ],
            tens: [
                "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
            ],
            joint: "-",
            unitsAfterTen: [:],
            century: "twenty "
        ),
        clock: .english
    )
}
