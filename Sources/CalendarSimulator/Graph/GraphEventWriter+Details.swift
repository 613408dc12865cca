import HTTPServing

extension GraphEventWriter {
    /// What an event says beside its time.
    func writeDetails(_ details: EventDetails, _ event: Event, to writer: inout JSONWriter) {
        if wants("subject") { writer.member("subject", details.subject) }
        if wants("sensitivity") { writer.member("sensitivity", details.sensitivity.rawValue) }
        if wants("showAs") { writer.member("showAs", Self.showAs(details.showAs)) }
        if wants("isAllDay") { writer.member("isAllDay", event.isAllDay) }
        if wants("isCancelled") { writer.member("isCancelled", details.isCancelled) }
        if wants("isOrganizer") { writer.member("isOrganizer", details.response == .organizer) }
        if wants("responseStatus") { writeResponse(details, event, to: &writer) }
        if wants("location") { writer.member("location") { Self.write(details.location, &$0) } }
        if wants("locations") {
            writer.member("locations") { writer in
                writer.array { if details.location != nil { Self.write(details.location, &$0) } }
            }
        }
        if wants("organizer") || wants("attendees") { writePeople(details, to: &writer) }
        if hasFullText, wants("body") || wants("bodyPreview") { writeBody(details, to: &writer) }
    }

    private static func showAs(_ showAs: EventDetails.ShowAs) -> String {
        switch showAs {
        case .free: "free"
        case .workingElsewhere: "workingElsewhere"
        case .tentative: "tentative"
        case .busy: "busy"
        case .outOfOffice: "oof"
        }
    }

    /// A user's own appointment says `organizer`, or `none`, and then isOrganizer is true.
    private func writeResponse(
        _ details: EventDetails,
        _ event: Event,
        to writer: inout JSONWriter
    ) {
        let response =
            switch details.response {
            case .organizer: event.number % 5 == 0 ? "none" : "organizer"
            case .accepted: "accepted"
            case .tentative: "tentativelyAccepted"
            case .declined: "declined"
            case .notResponded: "notResponded"
            }
        let isAnswer = details.response != .organizer && details.response != .notResponded
        writer.member("responseStatus") {
            $0.object {
                $0.member("response", response)
                $0.member("time", isAnswer ? "2026-11-02T09:30:00Z" : "0001-01-01T00:00:00Z")
            }
        }
    }

    private static func write(_ location: String?, _ writer: inout JSONWriter) {
        writer.object {
            $0.member("displayName", location ?? "")
            $0.member("locationType", "default")
            $0.member("uniqueIdType", "unknown")
        }
    }

    private func writePeople(_ details: EventDetails, to writer: inout JSONWriter) {
        let isOwn = details.response == .organizer
        let chair = isOwn ? mailbox.address : "chair@\(OrganisationSettings.domain)"
        if wants("organizer") {
            writer.member("organizer") { Self.write(person: chair, &$0) }
        }
        guard wants("attendees") else { return }
        writer.member("attendees") {
            $0.array { writer in
                guard !isOwn else { return }
                writer.object {
                    $0.member("type", "required")
                    $0.member("emailAddress") { Self.write(address: mailbox.address, &$0) }
                }
            }
        }
    }

    private static func write(person address: String, _ writer: inout JSONWriter) {
        writer.object { $0.member("emailAddress") { write(address: address, &$0) } }
    }

    private static func write(address: String, _ writer: inout JSONWriter) {
        writer.object {
            $0.member("name", address)
            $0.member("address", address)
        }
    }

    private func writeBody(_ details: EventDetails, to writer: inout JSONWriter) {
        let text = details.body ?? ""
        if wants("bodyPreview") { writer.member("bodyPreview", text) }
        guard wants("body") else { return }
        writer.member("body") {
            $0.object {
                $0.member("contentType", preferences.hasTextBodies ? "text" : "html")
                if preferences.hasTextBodies {
                    $0.member("content", text)
                } else {
                    let escaped = text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
                        .replacing(">", with: "&gt;")
                    $0.member(
                        "content",
                        "<html><head></head><body><div>\(escaped)</div></body></html>"
                    )
                }
            }
        }
    }
}
