/// A server that speaks Microsoft Graph, Exchange Web Services and Google Calendar over a
/// generated organisation, for tests, demonstrations and benchmarks.
@main
struct CalendarSimulator {
    static func main() {}
}
