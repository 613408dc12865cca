extension Zone {
    /// The zone as a VTIMEZONE by its Windows name, with the rules that hold since 2007.
    func writeComponent(to lines: inout ContentLineWriter) {
        let europe = (
            daylight: "20070325T%@;BYMONTH=3;BYDAY=-1SU",
            standard: "20071028T%@;BYMONTH=10;BYDAY=-1SU"
        )
        lines.add("BEGIN:VTIMEZONE")
        lines.add("TZID:\(windowsName)")
        switch name {
        case "Europe/Berlin":
            write(europe, (("020000", "+0100"), ("030000", "+0200")), to: &lines)
        case "Europe/London":
            write(europe, (("010000", "+0000"), ("020000", "+0100")), to: &lines)
        case "Europe/Helsinki":
            write(europe, (("030000", "+0200"), ("040000", "+0300")), to: &lines)
        case "America/New_York":
            write(
                (
                    daylight: "20070311T%@;BYMONTH=3;BYDAY=2SU",
                    standard: "20071104T%@;BYMONTH=11;BYDAY=1SU"
                ),
                (("020000", "-0500"), ("020000", "-0400")),
                to: &lines
            )
        default:
            lines.add("BEGIN:STANDARD")
            lines.add("DTSTART:16010101T000000")
            lines.add("TZOFFSETFROM:+0530")
            lines.add("TZOFFSETTO:+0530")
            lines.add("END:STANDARD")
        }
        lines.add("END:VTIMEZONE")
    }

    private typealias Change = (time: String, offset: String)

    /// - Parameters:
    ///   - rules: First day, then what follows the frequency, for either change.
    ///   - changes: The time on the wall at which daylight time begins, and the offset before it;
    ///     then the same for standard time.
    private func write(
        _ rules: (daylight: String, standard: String),
        _ changes: (Change, Change),
        to lines: inout ContentLineWriter
    ) {
        let (daylight, standard) = changes
        for (kind, rule, own, other) in [
            ("DAYLIGHT", rules.daylight, daylight, standard),
            ("STANDARD", rules.standard, standard, daylight),
        ] {
            let sides = rule.split(separator: "%@")
            lines.add("BEGIN:\(kind)")
            lines.add("DTSTART:\(sides[0])\(own.time)")
            lines.add("RRULE:FREQ=YEARLY\(sides[1])")
            lines.add("TZOFFSETFROM:\(own.offset)")
            lines.add("TZOFFSETTO:\(other.offset)")
            lines.add("END:\(kind)")
        }
    }
}
