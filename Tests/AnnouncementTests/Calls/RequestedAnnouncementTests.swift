import AbsenceModel
import Announcements
import Testing

@testable import AnnouncementServer

/// What a called URI asks for.
@Suite struct RequestedAnnouncementTests {
    private func asked(_ text: String) -> RequestedAnnouncement? {
        SIPURI(text).flatMap {
            RequestedAnnouncement(
                $0,
                today: LocalDate(year: 2026, month: 11, day: 25),
                defaultLanguage: .swedish
            )
        }
    }

    private func text(_ parameters: String) -> String? {
        asked("sip:annc@192.0.2.1:5080;\(parameters)")?.announcement.text
    }

    @Test func `absences in three languages`() {
        let rest = "param1=lunch;param2=20261125T1300;param3=%C3%85sa%20%C3%96berg"
        #expect(
            text("play=absence;locale=sv_SE;\(rest)")
                == "Åsa Öberg är på lunch till klockan tretton."
        )
        #expect(
            text("play=absence;locale=nb_NO;\(rest)")
                == "Åsa Öberg er ute til lunsj til klokken tretten."
        )
        #expect(
            text("play=absence;locale=en_GB;\(rest)")
                == "Åsa Öberg is at lunch until one o'clock in the afternoon."
        )
    }

    @Test func `what is missing or unreadable is left out`() {
        #expect(text("play=absence") == "Den du söker är inte anträffbar.")
        #expect(
            text("play=absence;locale=fi_FI;param1=lunch;param2=20261399T9999;param3=Anna")
                == "Anna är på lunch."
        )
        #expect(text("PLAY=absence;param3=%FF%FE;param1=lunch") == "Den du söker är på lunch.")
        #expect(
            text("play=absence;param1=lunch;param3=A%3Bparam1=sick") == "A param1 sick är på lunch."
        )
        // The first of a name counts.
        #expect(text("play=absence;play=confirm;param1=lunch") == "Den du söker är på lunch.")
    }

    @Test func `confirmations`() {
        #expect(text("play=confirm;param1=away") == "Du är hänvisad.")
        #expect(text("play=confirm;locale=en_GB;param1=back") == "Your absence is removed.")
        #expect(text("play=confirm;param1=perhaps") == nil)
    }

    @Test(arguments: [
        "sip:annc@h;play=other", "sip:annc@h", "sip:anna@h;play=absence", "sip:h;play=absence",
        "tel:+4712345678", "sips:annc@h;play=absence", "sip:annc@", "annc",
    ])
    func `what is no announcement`(_ uri: String) {
        #expect(asked(uri) == nil)
    }

    @Test func `again, with a pause, and no longer than asked for`() throws {
        let spoken = [UInt8](repeating: 1, count: 8_000)
        let length = { (parameters: String) throws -> Int in
            let asked = try #require(self.asked("sip:annc@h;play=absence;\(parameters)"))
            return asked.sound(spoken: spoken, .a).count
        }
        #expect(try length("") == 8_000)
        #expect(try length("repeat=3") == 24_000)
        #expect(try length("repeat=3;delay=500") == 32_000)
        #expect(try length("repeat=3;duration=1500") == 12_000)
        #expect(try length("repeat=forever") == RequestedAnnouncement.longest)
        #expect(try length("repeat=99999999999999999999;delay=x") == 8_000)
    }

    @Test func `a reason that must not be told is not recorded either`() throws {
        #expect(try #require(asked("sip:annc@h;play=absence;param1=sick")).reason == "unavailable")
        #expect(try #require(asked("sip:annc@h;play=absence;param1=lunch")).reason == "lunch")
    }
}
