/// The body of a 207 answer (RFC 4918 13).
struct Multistatus: Sendable {
    var rows: [Row] = []
    /// The token for the next `sync-collection` (RFC 6578 6.4).
    var syncToken: String?

    /// What is told of one resource.
    struct Row: Sendable {
        /// As the server wrote it; ``DAVPath`` makes it comparable.
        var href = ""
        /// The status of the resource as a whole, where the row has one.
        var status: Int?
        /// The properties that the resource has, those of the propstats with status 2xx.
        var properties: [DAVName: Property] = [:]
        /// The status of each property that was asked for and not given.
        var missing: [DAVName: Int] = [:]

        /// True where the row is about a resource that stands there.
        var isPresent: Bool { status.map { 200..<300 ~= $0 } ?? true }

        /// `getetag` without quotes and weakness mark.
        var entityTag: String? {
            properties[.dav("getetag")].map { EntityTag.normalised($0.text) }
                .flatMap { $0.isEmpty ? nil : $0 }
        }

        /// The trimmed text of a property, nil where it is absent or empty.
        func text(_ name: DAVName) -> String? {
            guard let text = properties[name]?.text.trimmingBlanks(), !text.isEmpty else {
                return nil
            }
            return text
        }

        /// The `href` elements within a property.
        func hrefs(_ name: DAVName) -> [String] {
            properties[name]?.hrefs.map { $0.trimmingBlanks() } ?? []
        }

        func hasResourceType(_ type: DAVName) -> Bool {
            properties[.dav("resourcetype")]?.elements.contains { $0.name == type } ?? false
        }
    }

    /// The value of a property.
    struct Property: Sendable {
        /// The text directly within.
        var text = ""
        /// The elements within, at any depth, in their order.
        var elements: [Element] = []
        /// The text of each `href` within.
        var hrefs: [String] = []
    }

    struct Element: Sendable {
        var name: DAVName
        /// The value of an attribute `name`, as `comp` has it (RFC 4791 5.2.3).
        var nameAttribute: String?
    }
}
