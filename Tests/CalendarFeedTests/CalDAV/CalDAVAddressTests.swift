@testable import CalendarFeed
import Testing
import Web

@Suite struct CalDAVAddressTests {
    @Test(
        arguments: [
            ("/a%40b/c.ics", "/a@b/c.ics"),
            ("/a@b/c.ics", "/a@b/c.ics"),
            ("/l%c3%a4k/", "/läk/"),
            ("/läk/", "/läk/"),
            ("http://host.example/a/b.ics", "/a/b.ics"),
            ("https://HOST.example:8443/a/b.ics?x=1", "/a/b.ics"),
            ("b.ics", "/base/b.ics"),
            ("//base//b.ics", "//base//b.ics"),
            ("/a%2fb%25/c", "/a%2Fb%25/c"),
            ("/a%zz/%ff", "/a%zz/%ff"),
            ("http://host.example", "/"),
        ]
    )
    func `one path has one name, however it is written`(href: String, name: String) throws {
        let base = DAVPath(encoded: "/base/")
        #expect(DAVPath(href: href, base: base, host: "host.example")?.name == name)
    }

    @Test func `a path of another host is none`() {
        let base = DAVPath(encoded: "/")
        #expect(DAVPath(href: "http://other.example/a/", base: base, host: "host.example") == nil)
    }

    @Test(
        arguments: [
            // base, user, address, path, whether it is our own
            ("https://d.example", "anna", "anna", "/", true),
            ("https://d.example/dav", "anna", "", "/dav/", true),
            ("https://d.example/dav/", "boss", "anna b", "/dav/anna%20b/", false),
            ("https://d.example/{address}/", "boss", "a/../b", "/a%2F..%2Fb/", false),
            ("https://d.example/dav/{address}", "anna", "anna", "/dav/anna/", false),
            ("https://d.example/dav/", "{address}*boss", "anna", "/dav/", true),
            ("https://d.example/", "boss", "/cal/läk/", "/cal/l%C3%A4k/", false),
            ("https://d.example/", "boss", "https://D.example:443/cal/", "/cal/", false),
        ] as [(String, String, String, String, Bool)]
    )
    func `an address is a name, a path or a URL`(
        base: String,
        user: String,
        address: String,
        path: String,
        isOwn: Bool
    ) throws {
        let found = try CalDAVAddress(address, base: try CalDAVBase(base), user: user)
        #expect(found.path.encoded == path)
        #expect(found.isOwn == isOwn)
    }

    @Test(
        arguments: ["https://other.example/", "http://d.example/", "https://d.example:444/", ".."]
    )
    func `an address elsewhere is refused`(address: String) throws {
        let base = try CalDAVBase("https://d.example/")
        #expect(throws: RemoteFailure.self) { try CalDAVAddress(address, base: base, user: nil) }
    }

    @Test(arguments: ["", "d.example", "ftp://d.example/", "https://u:p@d.example/", "https:///x"])
    func `a base that is no plain http URL is refused`(base: String) {
        #expect(throws: RemoteFailure.self) { try CalDAVBase(base) }
    }

    @Test(arguments: ["\"a\"", "W/\"a\"", "a", " \"a\"\n"])
    func `entity tags are compared without quotes and weakness`(tag: String) {
        #expect(EntityTag.normalised(tag) == "a")
    }
}
