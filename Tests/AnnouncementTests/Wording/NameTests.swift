import Testing

@testable import Announcements

/// What is left of a name that comes from outside.
@Suite struct NameTests {
    @Test(arguments: [
        ("Anna Svensson", "Anna Svensson"),
        ("  Åsa   Öberg\t", "Åsa Öberg"),
        ("Jean-Luc O’Brien, jr.", "Jean-Luc O’Brien, jr."),
        ("Konferensrum 3", "Konferensrum 3"),
        ("A\u{30A}sa", "Åsa"),
        ("Иван Петров", "Иван Петров"),
        ("[[hEllo]] Anna", "hEllo Anna"),
        ("<break time=\"9s\"/>Anna", "break time 9s Anna"),
        ("Anna\r\nVia: x", "Anna Via x"),
        ("Anna\u{0}\u{7}\u{1B}[31m", "Anna 31m"),
        ("\u{202E}Anna\u{200B}Svensson", "Anna Svensson"),
        ("$(reboot) `id` | sox", "reboot id sox"),
        ("-v en --help", "-v en --help"),
        ("😀", ""), ("---", ""), ("", ""), ("   ", ""),
    ])
    func `names`(_ given: String, _ spoken: String) {
        #expect(SpokenName(given).text == spoken)
    }

    @Test func `a long name ends with a whole word`() {
        let name = String(repeating: "Karl Gustav ", count: 100)
        #expect(
            SpokenName(name).text == "Karl Gustav Karl Gustav Karl Gustav Karl Gustav Karl Gustav"
        )
    }

    @Test func `a long word is cut`() {
        #expect(SpokenName(String(repeating: "a", count: 100_000)).text.count == 60)
        #expect(SpokenName("A" + String(repeating: "\u{316}", count: 5_000)).text.utf8.count < 10)
    }
}
