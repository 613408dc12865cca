import HTTPServing

/// Mailboxes as iCalendar: `/simulator/ics/ADDRESS`, and `/simulator/ics/ADDRESS/objects` as a
/// JSON array of `{"uid":…,"text":…}` for whoever fills a CalDAV server.
struct CalendarFace: ProtocolFace {
    var simulation: Simulation

    func answer(_ request: ServerRequest) async -> ServerAnswer? {
        let parts = request.pathParts
        guard parts.count >= 3, parts[0] == ControlFace.folder, parts[1] == "ics" else {
            return nil
        }
        guard let mailbox = simulation.organisation.mailbox(at: parts[2]) else {
            return .text(404, "no such mailbox\n")
        }
        let writer = CalendarWriter(mailbox: mailbox)
        guard parts.dropFirst(3).first == "objects" else {
            return ServerAnswer(
                headers: [("Content-Type", "text/calendar; charset=utf-8")],
                body: writer.stream()
            )
        }
        return .json { json in
            json.array { json in
                for (uid, text) in writer.objects() {
                    json.object {
                        $0.member("uid", uid)
                        $0.member("text", String(decoding: text, as: UTF8.self))
                    }
                }
            }
        }
    }
}
