import TestSupport
import Testing

extension PBXTests {
    /// Absences begin and end by the clock of a call, with nothing written.
    @Suite struct Clock {
        @Test func `it ends`() async throws {
            let pbx = try currentPBX()
            let anna = try await pbx.person("Anna Svensson")
            try pbx.away(anna, "direct", to: "now() + interval '1 s'")
            #expect(try await pbx.call(anna).text.hasPrefix("Anna Svensson är i möte"))
            try await Task.sleep(for: .seconds(1))
            #expect(try await pbx.call(anna).answeredBy == "phone\(anna.number)")
        }

        @Test func `it starts`() async throws {
            let pbx = try currentPBX()
            let anna = try await pbx.person("Anna Svensson")
            try pbx.away(anna, "direct", from: "now() + interval '1 s'")
            #expect(try await pbx.call(anna).answeredBy == "phone\(anna.number)")
            try await Task.sleep(for: .seconds(1))
            #expect(try await pbx.call(anna).text.hasPrefix("Anna Svensson är i möte"))
        }

        @Test func `a meeting with lunch after it: back after lunch`() async throws {
            let pbx = try currentPBX()
            let anna = try await pbx.person("Anna Svensson")
            try pbx.away(anna, "direct", to: "date_trunc('hour', now()) + interval '1 h'")
            try pbx.away(
                anna,
                "direct",
                "lunch",
                from: "date_trunc('hour', now()) + interval '1 h'"
            )
            let call = try await pbx.call(anna)
            #expect(call.text.hasPrefix("Anna Svensson är i möte"))
            #expect(call.shown == "direct;reason=meeting;until=2037-08-03T10:00:00Z")
        }

        @Test func `a return time of its own`() async throws {
            let pbx = try currentPBX()
            let anna = try await pbx.person("Anna Svensson")
            try pbx.away(anna, "direct", to: "now() + interval '1 h'", backAt: RunningPBX.farAway)
            #expect(try await pbx.call(anna).shown.hasSuffix(";until=2037-08-03T10:00:00Z"))
        }

        /// What a caller meets, of each kind and target, before, during and after it.
        @Test func `each kind, each target, before, during and after`() async throws {
            let pbx = try currentPBX()
            let desk = try await pbx.person("Reception")
            let times = [
                "before": ("now() + interval '1 h'", RunningPBX.farAway),
                "during": ("now() - interval '1 h'", RunningPBX.farAway),
                "after": ("now() - interval '2 h'", "now()"),
            ]
            var met: [String: String] = [:]
            try await withThrowingTaskGroup(of: (String, String).self) { group in
                for kind in ["information", "open", "direct"] {
                    for target in ["announcement", "voicemail", "number:\(desk.number)"] {
                        for (time, (from, to)) in times {
                            group.addTask {
                                let isUnanswered = kind == "open" && time == "during"
                                let anna = try await pbx.person(
                                    "Anna",
                                    phone: isUnanswered ? .rings : .answers
                                )
                                try pbx.away(
                                    anna,
                                    kind,
                                    from: from,
                                    to: to,
                                    target: target,
                                    ringSeconds: 1
                                )
                                let call = try await pbx.call(anna)
                                let place =
                                    switch call.answeredBy {
                                    case "phone\(anna.number)": "phone"
                                    case "phone\(desk.number)": "number"
                                    case "voicemail\(anna.number)": "voicemail"
                                    case "" where call.text.hasPrefix("Anna är i möte"):
                                        "announcement"
                                    default: "\(call)"
                                    }
                                let word = target.prefix { $0 != ":" }
                                let wasRung =
                                    try pbx.calls(to: anna).isEmpty ? "" : " after ringing"
                                return (
                                    "\(kind) \(word) \(time)",
                                    place + (place == "phone" ? "" : wasRung)
                                )
                            }
                        }
                    }
                }
                for try await (cell, place) in group { met[cell] = place }
            }
            var expected: [String: String] = [:]
            for target in ["announcement", "voicemail", "number"] {
                for kind in ["information", "open", "direct"] {
                    expected["\(kind) \(target) before"] = "phone"
                    expected["\(kind) \(target) after"] = "phone"
                }
                expected["information \(target) during"] = "phone"
                expected["open \(target) during"] = "\(target) after ringing"
                expected["direct \(target) during"] = target
            }
            #expect(met == expected)
        }
    }
}
