@testable import CalendarFeed
import Testing
import Web

@Suite struct MultistatusParserTests {
    @Test(arguments: ["", "D:", "x-y:"])
    func `prefixes do not matter, namespaces do`(prefix: String) throws {
        let declaration = prefix.isEmpty ? "xmlns" : "xmlns:\(prefix.dropLast())"
        let text = """
            <?xml version="1.0" encoding="utf-8"?>
            <!-- by a server -->
            <\(prefix)multistatus \(declaration)="DAV:">
              <\(prefix)response>
                <\(prefix)href> /a/b.ics </\(prefix)href>
                <\(prefix)propstat>
                  <\(prefix)prop><\(prefix)getetag>W/"1"</\(prefix)getetag>
                    <q:getetag xmlns:q="urn:other">"2"</q:getetag></\(prefix)prop>
                  <\(prefix)status>HTTP/1.1 200 OK</\(prefix)status>
                </\(prefix)propstat>
                <\(prefix)propstat>
                  <\(prefix)prop><\(prefix)owner/></\(prefix)prop>
                  <\(prefix)status>HTTP/1.1 404 Not Found</\(prefix)status>
                </\(prefix)propstat>
              </\(prefix)response>
              <\(prefix)response><\(prefix)href>/a/c.ics</\(prefix)href>
                <\(prefix)status>HTTP/1.1 404 Not Found</\(prefix)status></\(prefix)response>
              <\(prefix)sync-token>urn:1</\(prefix)sync-token>
            </\(prefix)multistatus>
            """
        let multistatus = try MultistatusParser.parse(Array(text.utf8))
        #expect(multistatus.syncToken == "urn:1")
        #expect(multistatus.rows.map(\.href) == ["/a/b.ics", "/a/c.ics"])
        #expect(multistatus.rows[0].entityTag == "1")
        #expect(multistatus.rows[0].missing == [.dav("owner"): 404])
        #expect(multistatus.rows[0].isPresent)
        #expect(multistatus.rows[1].status == 404)
        #expect(!multistatus.rows[1].isPresent)
    }

    @Test(arguments: ["<![CDATA[A < B & Ö\r\n]]>", "A &lt; B &amp; &#214;&#13;\n"])
    func `calendar data comes as text or as CDATA`(data: String) throws {
        let multistatus = try parse(
            "<response><href>/a</href><propstat><prop>"
                + "<c:calendar-data xmlns:c='urn:ietf:params:xml:ns:caldav'>\(data)"
                + "</c:calendar-data></prop><status>HTTP/1.1 200 OK</status></propstat></response>"
        )
        let text = multistatus.rows.first?.properties[.caldav("calendar-data")]?.text
        #expect(text?.replacing("\r\n", with: "\n") == "A < B & Ö\n")
    }

    @Test func `a document type within a booking is no document type`() throws {
        let multistatus = try parse(
            "<response><href>/a</href><propstat><prop><x><![CDATA[<!DOCTYPE html>]]></x></prop>"
                + "<status>HTTP/1.1 200 OK</status></propstat></response>"
        )
        #expect(multistatus.rows.first?.text(.dav("x")) == "<!DOCTYPE html>")
    }

    @Test func `an empty multistatus is whole`() throws {
        #expect(try parse("").rows.isEmpty)
    }

    @Test(
        arguments: [
            "",
            " ",
            "<html><body>Sign in</body></html>",
            "<multistatus/>",
            "<multistatus xmlns='DAV:'>",
            "<multistatus xmlns='DAV:'><response><href>/a</href>",
            "<multistatus xmlns='DAV:'><response></response></multistatus>",
            "<multistatus xmlns='DAV:'/><more/>",
            "<!DOCTYPE m [<!ENTITY a 'b'>]><multistatus xmlns='DAV:'>&a;</multistatus>",
            "<multistatus xmlns='DAV:'>\u{1}</multistatus>",
        ]
    )
    func `anything else is malformed, never empty`(text: String) {
        let failure = #expect(throws: RemoteFailure.self) {
            try MultistatusParser.parse(Array(text.utf8))
        }
        #expect(failure?.code == .malformed)
    }

    private func parse(_ content: String) throws -> Multistatus {
        try MultistatusParser.parse(
            Array("<multistatus xmlns='DAV:'>\(content)</multistatus>".utf8)
        )
    }
}
