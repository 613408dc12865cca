/// What the Prefer headers ask for (calendar-apis.md 1.2). They hold for one request each.
struct GraphPreferences {
    /// Of start and end in the answer; UTC where nothing is asked.
    var zone = Zone.utc
    /// As it was asked, which is how the answer names it.
    var zoneName = "UTC"
    var pageSize: Int?
    var hasImmutableIDs = false
    var hasTextBodies = false
    /// What was understood, for the header Preference-Applied.
    private(set) var applied: [String] = []

    /// - Returns: Nil where the time zone is none that the server knows.
    init?(_ values: [String]) {
        for value in values.joined(separator: ",").split(separator: ",") {
            let sides = value.split(separator: "=", maxSplits: 1)
            guard sides.count == 2 else { continue }
            let name = sides[0].filter { $0 != " " }.lowercased()
            let text = sides[1].filter { $0 != "\"" }
            switch name {
            case "outlook.timezone":
                guard let zone = Zone.named(text) else { return nil }
                self.zone = zone
                zoneName = text
            case "odata.maxpagesize":
                pageSize = Int(text)
            case "idtype":
                hasImmutableIDs = text == "ImmutableId"
            case "outlook.body-content-type":
                hasTextBodies = text.lowercased() == "text"
            default:
                continue
            }
            applied.append(value.filter { $0 != " " || name == "outlook.timezone" })
        }
    }
}
