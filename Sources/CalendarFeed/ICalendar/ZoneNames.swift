import Foundation

/// Finds the time zone that a name means: IANA's, Windows' and what programs write instead.
enum ZoneNames {
    /// The zone of a name that can mean only one, or nil.
    static func zone(named name: String) -> Zone? {
        let name = plain(name)
        if utcNames.contains(name.uppercased()) { return .utc }
        return iana(name) ?? windows(name) ?? displayName(name)
    }

    /// The zone of a name that a description in the calendar comes before: abbreviations
    /// such as CET, IANA names in other letters, and Windows names with a number, which
    /// Exchange gives to copies ("Eastern Standard Time 1").
    static func zoneByGuess(named name: String) -> Zone? {
        let name = plain(name)
        if let known = identifiersByLowercase[name.lowercased()] { return iana(known) }
        let unnumbered = name.trimmingSuffix { $0.isNumber }.trimmingWhitespace
        if unnumbered != name, let zone = windows(unnumbered) { return zone }
        return name.isEmpty || name == "Factory" ? nil : known(name)
    }

    /// A name without the quotes and escapes that some programs leave in it.
    static func plain(_ name: String) -> String {
        var name = name.replacing("\\", with: "").trimmingWhitespace
        if name.count >= 2, name.hasPrefix("\""), name.hasSuffix("\"") {
            name = String(name.dropFirst().dropLast())
        }
        return name
    }

    private static let utcNames: Set<String> = [
        "UTC", "Z", "GMT", "ETC/UTC", "ETC/GMT", "TZONE://MICROSOFT/UTC",
        "UNIVERSAL COORDINATED TIME", "COORDINATED UNIVERSAL TIME",
    ]

    private static let identifiersByLowercase = Dictionary(
        TimeZone.knownTimeZoneIdentifiers.map { ($0.lowercased(), $0) },
        uniquingKeysWith: { first, _ in first }
    )

    /// `Europe/Stockholm`, also behind a program's own prefix, as in
    /// `/citadel.org/20190914_1/Europe/Stockholm`.
    private static func iana(_ name: String) -> Zone? {
        var rest = name[...]
        while rest.contains("/") {
            if !rest.hasPrefix("/"), let zone = known(String(rest)) { return zone }
            guard let slash = rest.firstIndex(of: "/") else { return nil }
            rest = rest[rest.index(after: slash)...]
        }
        return nil
    }

    /// `W. Europe Standard Time`.
    private static func windows(_ name: String) -> Zone? {
        WindowsZones.identifier(ofName: name).flatMap(known)
    }

    /// `(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna`, as Windows shows zones
    /// to people; older versions write GMT for UTC, and the offset moves with the law.
    private static func displayName(_ name: String) -> Zone? {
        guard name.hasPrefix("("), let end = name.firstIndex(of: ")") else { return nil }
        let places = name[name.index(after: end)...]
        return WindowsZones.identifier(ofPlaces: String(places)).flatMap(known)
    }

    private static func known(_ identifier: String) -> Zone? {
        TimeZone(identifier: identifier).map { Zone($0) }
    }
}

extension String {
    fileprivate func trimmingSuffix(while isPart: (Character) -> Bool) -> String {
        guard let last = lastIndex(where: { !isPart($0) }) else { return "" }
        return String(self[...last])
    }
}
