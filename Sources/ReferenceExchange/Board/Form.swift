import Foundation

/// How values look, as the OpenAPI document says.
enum Form {
    // Regex is not Sendable, though nothing of it changes.
    nonisolated(unsafe) static let `extension` = /[0-9]{2,15}/
    nonisolated(unsafe) static let reason = /[a-z0-9_]{1,60}/
    nonisolated(unsafe) static let target = /announcement|voicemail|number:\+?[0-9]{2,15}/
    nonisolated(unsafe) static let idempotencyKey = /[A-Za-z0-9_-]{1,64}/
    nonisolated(unsafe) static let cursor = /[A-Za-z0-9_.-]{1,200}/
    nonisolated(unsafe) static let uuid =
        /[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}/
}

extension String {
    func has(_ form: Regex<some Any>) -> Bool {
        (try? form.wholeMatch(in: self)) != nil
    }
}

extension KeyedDecodingContainer {
    func text(_ key: Key, like form: Regex<some Any>) throws -> String {
        let text = try decode(String.self, forKey: key)
        guard text.has(form) else { throw wrong(key) }
        return text
    }

    func text(_ key: Key, most: Int) throws -> String {
        let text = try decode(String.self, forKey: key)
        guard text.unicodeScalars.count <= most else { throw wrong(key) }
        return text
    }

    func instant(_ key: Key) throws -> Date {
        guard let instant = Date(rfc3339: try decode(String.self, forKey: key)) else {
            throw wrong(key)
        }
        return instant
    }

    func number(_ key: Key, in range: ClosedRange<Int>) throws -> Int {
        let number = try decode(Int.self, forKey: key)
        guard range.contains(number) else { throw wrong(key) }
        return number
    }

    func uuid(_ key: Key) throws -> UUID {
        guard let uuid = UUID(uuidString: try text(key, like: Form.uuid)) else {
            throw wrong(key)
        }
        return uuid
    }

    private func wrong(_ key: Key) -> DecodingError {
        .dataCorruptedError(forKey: key, in: self, debugDescription: "not in its form")
    }
}
