import Announcements
import Foundation
import TestSupport
import Testing

/// The commands beside serving.
@Suite struct CommandTests {
    private let server = Program(RunningServer.program, environment: ["PATH": "/usr/bin:/bin"])

    @Test func `an announcement goes into a file that others read`() async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "heard.wav").path
            let uri =
                "sip:annc@h;play=absence;locale=sv_SE;param1=meeting;param2=20261125T1200;param3=Anna"
            let said = try await server("say", uri, "--output", file, "--today", "2026-11-25")
            #expect(said.output == "Anna är i möte till klockan tolv.\n")
            #expect(said.status == 0)
            let raw = folder.appending(path: "heard.al").path
            let sox = Program(URL(filePath: "/usr/bin/sox"))
            let ending = try await sox("-D", file, "-t", "al", raw)
            #expect(ending.everything.isEmpty)
            let heard = Array(try Data(contentsOf: URL(filePath: raw)))
            #expect(try await Speaker().sound(of: .meeting(of: "Anna"), in: .a) == heard)

            let other = try await server("say", "sip:anna@h", "--output", file)
            #expect(other.status == 64)
            #expect(other.complaints.contains("begins with sip:annc@"))
        }
    }

    @Test func `the list of prompts is what can be recorded`() async throws {
        let listed = try await server("prompts", "--language", "nb")
        let lines = PromptCatalogue.prompts(in: .norwegian).map { "\($0.key ?? "")\t\($0.text)\n" }
        #expect(listed.output == lines.joined())
        #expect(listed.output.contains("hour.21\tklokken tjueén\n"))
    }
}
