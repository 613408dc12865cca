import Foundation
import TestSupport
import Testing

/// `metrics`: what Prometheus reads.
@Suite struct MetricsTests {
    private static let python = ProcessInfo.processInfo.environment["KK_PYTHON"]

    /// A customer after a night and a failed minute, with the file written.
    private func withFile(_ body: (Office, String) async throws -> Void) async throws {
        try await Office.furnished { office in
            try await office.expect(0, "load", "bookings", "--full", "--quiet")
            try await office.expect(0, "load", "absences", "--quiet")
            try await office.expect(0, "reconcile", "--apply", "--quiet")
            try office.remove("calendars/bo")
            try await office.expect(2, "load", "bookings", "--quiet")
            try await office.expect(0, "metrics", "--textfile", "kk.prom")
            try await body(office, office.folder.appending(path: "kk.prom").path())
        }
    }

    @Test func `the whole text`() async throws {
        try await withFile { _, path in
            let text = try String(contentsOfFile: path, encoding: .utf8)
            let host = ProcessInfo.processInfo.hostName
            try Golden.expect(
                text.replacing("host=\"\(host)\"", with: "host=\"HOST\"")
                    .replacing(/(clock_ahead_seconds{\S* )\S+/) { "\($0.1)0" }
                    // The clock goes on while a test runs.
                    .replacing(/(_timestamp_seconds\S* 17954172)\S+/) { "\($0.1)00" },
                is: "metrics.txt"
            )
        }
    }

    @Test(.enabled(if: python != nil, "KK_PYTHON names no Python with prometheus_client"))
    func `Prometheus' own parsers take it`() async throws {
        try await withFile { office, path in
            let promtool = Program(URL(filePath: "/bin/sh"), directory: office.folder)
            let judged = try await promtool("-c", "promtool check metrics <'\(path)'")
            #expect(judged.status == 0)
            #expect(judged.everything == "")

            let script = """
                import sys
                from prometheus_client.parser import text_string_to_metric_families as parse
                for family in parse(open(sys.argv[1]).read()):
                    assert family.documentation, family.name
                    for sample in family.samples:
                        assert sample.timestamp is None, sample
                        print(family.type, sample.name, sorted(sample.labels), sample.value >= 0)
                """
            let python = Program(URL(filePath: try #require(Self.python)), directory: office.folder)
            let parsed = try await python("-c", script, path)
            #expect(parsed.status == 0, "\(parsed.complaints)")
            let lines = Set(parsed.output.split(separator: "\n").map(String.init))
            for line in [
                "gauge kalenderkoppling_users ['customer'] True",
                "counter kalenderkoppling_passes_total ['customer', 'scope'] True",
                "counter kalenderkoppling_changes_total ['customer', 'outcome'] True",
                "gauge kalenderkoppling_alarms ['customer', 'severity'] True",
            ] { #expect(lines.contains(line), "\(line)") }
        }
    }

    @Test func `the file is replaced whole, for all to read, and nothing is left beside it`()
        async throws
    {
        try await withFile { office, path in
            let files = FileManager.default
            let first = try files.attributesOfItem(atPath: path)
            #expect(first[.posixPermissions] as? Int == 0o644)
            // Whoever reads the file that was there goes on reading it.
            let reading = try FileHandle(forReadingFrom: URL(filePath: path))
            try await office.expect(0, "metrics", "--textfile", "kk.prom")
            let second = try files.attributesOfItem(atPath: path)
            #expect(first[.systemFileNumber] as? Int != second[.systemFileNumber] as? Int)
            #expect(try reading.readToEnd()?.last == UInt8(ascii: "\n"))
            let beside = try files.contentsOfDirectory(atPath: office.folder.path())
            #expect(beside.filter { $0.contains("prom") } == ["kk.prom"])
        }
    }

    @Test func `a place that cannot be written is told, and leaves what was there`() async throws {
        try await withFile { office, _ in
            let ending = try await office.expect(1, "metrics", "--textfile", "nowhere/kk.prom")
            #expect(ending.complaints.contains("nowhere/kk.prom: cannot be written"))
            try await office.expect(64, "metrics", "--textfile", "kk.txt")
        }
    }
}
