import Web

/// The structure of an iCalendar stream: its events and the zones that it describes.
///
/// The nesting is walked without recursion and every component is handed to libical by
/// itself, so that no depth, length or single event can take the rest along.
struct ICalendarOutline: Sendable {
    /// One VCALENDAR (RFC 5545 3.4: a stream may have several).
    struct Calendar: Sendable {
        var method: String?
        /// X-WR-TIMEZONE: where a feed's floating times are meant.
        var zoneName: String?
        var zones: [String: ZoneText] = [:]
    }

    /// One VTIMEZONE.
    struct ZoneText: Sendable {
        var name = ""
        /// X-LIC-LOCATION: the IANA name of the zone, where its own name is another.
        var location: String?
        var observances: [ComponentText] = []
    }

    struct Event: Sendable {
        var calendar: Int
        var text: ComponentText
    }

    private(set) var calendars: [Calendar] = []
    private(set) var events: [Event] = []

    /// The components that have begun and not ended, outermost first.
    private var open: [String] = []
    private var place = Place.elsewhere
    /// An END was read that ends something else: the last line of a stream that is cut off,
    /// or else a stream that is no iCalendar.
    private var hasWrongEnd = false
    private var zone = ZoneText()
    private var component = ComponentText("")

    /// Where a property stands, by the components around it.
    private enum Place {
        case calendar, zone, component, elsewhere

        init(_ open: [String]) {
            switch open {
            case ["VCALENDAR"]: self = .calendar
            case ["VCALENDAR", "VTIMEZONE"]: self = .zone
            case ["VCALENDAR", "VEVENT"],
                ["VCALENDAR", "VTIMEZONE", "STANDARD"],
                ["VCALENDAR", "VTIMEZONE", "DAYLIGHT"]:
                self = .component
            default: self = .elsewhere
            }
        }
    }

    /// - Throws: ``RemoteFailure`` `.truncated` where the stream ends too early, `.tooLarge`,
    ///   or `.malformed` where it is not iCalendar at all.
    init(_ bytes: [UInt8]) throws(RemoteFailure) {
        guard bytes.count <= ICalendarLimits.bytes else {
            throw RemoteFailure(
                .tooLarge,
                "the calendar has \(bytes.count) bytes, \(ICalendarLimits.bytes) are read at most"
            )
        }
        guard !bytes.contains(0) else {
            throw RemoteFailure(
                .malformed,
                "the calendar has bytes of zero: it is UTF-16 or damaged; export it as UTF-8"
            )
        }
        let truncated = RemoteFailure(
            .truncated,
            "the calendar ends before END:VCALENDAR; what is stored stays until it is whole"
        )
        guard !ICalendarOutline.isOnlyBegun(bytes) else { throw truncated }
        for line in ContentLines(bytes) { try add(line) }
        guard !calendars.isEmpty else { throw ICalendarOutline.notACalendar }
        guard open.isEmpty else { throw truncated }
    }

    private static let notACalendar = RemoteFailure(
        .malformed,
        "the text is no iCalendar: it does not begin with BEGIN:VCALENDAR; perhaps it is a web page"
    )

    /// An empty file, or one of which only the first letters have arrived.
    private static func isOnlyBegun(_ bytes: [UInt8]) -> Bool {
        let text = String(decoding: bytes.prefix(64), as: UTF8.self).trimmingWhitespace
        return "BEGIN:VCALENDAR".hasPrefix(text.uppercased())
    }

    private mutating func add(_ line: ContentLine) throws(RemoteFailure) {
        guard !hasWrongEnd else {
            throw RemoteFailure(.malformed, "BEGIN and END of the calendar do not match")
        }
        switch line.name {
        case "BEGIN": try begin(line.token.uppercased())
        case "END": try end(line.token.uppercased())
        default:
            // Some servers write a remark behind the end.
            let isRemark = line.name.hasPrefix("X-") && !calendars.isEmpty
            guard !open.isEmpty || isRemark else { throw outside() }
            property(line)
        }
    }

    private mutating func begin(_ name: String) throws(RemoteFailure) {
        guard !open.isEmpty || name == "VCALENDAR" else { throw outside() }
        guard open.count < ICalendarLimits.depth else {
            throw RemoteFailure(
                .malformed,
                "the calendar has components more than \(ICalendarLimits.depth) deep"
            )
        }
        open.append(name)
        place = Place(open)
        switch place {
        case .calendar: calendars.append(Calendar())
        case .zone: zone = ZoneText()
        case .component: component = ComponentText(name)
        case .elsewhere: break
        }
    }

    private mutating func end(_ name: String) throws(RemoteFailure) {
        guard let last = open.last else { throw outside() }
        guard last == name else {
            hasWrongEnd = true
            return
        }
        switch place {
        case .component:
            if name == "VEVENT" {
                events.append(Event(calendar: calendars.count - 1, text: component))
            } else {
                zone.observances.append(component)
            }
        case .zone: calendars[calendars.count - 1].zones[zone.name] = zone
        case .calendar, .elsewhere: break
        }
        open.removeLast()
        place = Place(open)
    }

    private mutating func property(_ line: ContentLine) {
        switch (place, line.name) {
        case (.calendar, "METHOD"):
            calendars[calendars.count - 1].method = line.token.uppercased()
        case (.calendar, "X-WR-TIMEZONE"):
            calendars[calendars.count - 1].zoneName = line.token
        case (.zone, "TZID"): zone.name = ZoneNames.plain(line.token)
        case (.zone, "X-LIC-LOCATION"): zone.location = line.token
        case (.component, _): component.add(line)
        default: break
        }
    }

    private func outside() -> RemoteFailure {
        calendars.isEmpty
            ? ICalendarOutline.notACalendar
            : RemoteFailure(
                .malformed,
                "there is text outside of BEGIN:VCALENDAR and END:VCALENDAR"
            )
    }
}
