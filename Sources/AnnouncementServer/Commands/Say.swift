import AbsenceModel
import Announcements
import ArgumentParser
import Foundation

/// Makes an announcement without a call: to hear what callers hear, and to try recordings.
struct Say: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prints the words of an announcement and writes its sound to a file."
    )

    @Argument(help: "As it would be called: 'sip:annc@HOST;play=absence;…'.")
    var uri: String
    @Option(help: "The WAV file to write.")
    var output: String
    @Option(help: "A folder of recordings to play in the place of synthesised speech.")
    var prompts: String?
    @Option(help: "The time zone that today's date is of.")
    var timeZone = "Europe/Stockholm"
    @Option(help: "The date to go by, as 2026-11-23, where it is not today.")
    var today: String?

    func run() async throws {
        guard let zone = TimeZone(identifier: timeZone) else {
            throw ValidationError("--time-zone: there is no time zone \(timeZone)")
        }
        guard let date = today.map(LocalDate.init) ?? WallClock(at: Date(), in: zone).date else {
            throw ValidationError("--today is not a date such as 2026-11-23")
        }
        guard let address = SIPURI(uri),
            let request = RequestedAnnouncement(address, today: date, defaultLanguage: .swedish)
        else { throw ValidationError("\(uri) is no announcement; it begins with sip:annc@") }
        let speaker = Speaker(
            recordings: try prompts.map { try RecordedPrompts(folder: URL(filePath: $0)) }
        )
        let spoken = try await speaker.sound(of: request.announcement, in: .a)
        let sound = request.sound(spoken: spoken, .a)
        try Data(WaveFile.bytes(of: sound)).write(to: URL(filePath: output))
        print(request.announcement.text)
    }
}
