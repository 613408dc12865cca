/// Where a secret is; settings never hold the secret itself.
public enum SecretPlace: Hashable, Sendable {
    /// The path of a file whose first line it is.
    case file(String)
    /// The name of an environment variable whose value it is.
    case environment(String)
}

// Its JSON is a key of the object that it belongs to, as in the customer file.
extension SecretPlace {
    /// Reads the key that is `name` with `_file` or `_env` behind it.
    init(from decoder: any Decoder, named name: String) throws {
        let values = try decoder.container(keyedBy: Key.self)
        if let file = try values.decodeIfPresent(String.self, forKey: Key("\(name)_file")) {
            self = .file(file)
        } else {
            self = .environment(try values.decode(String.self, forKey: Key("\(name)_env")))
        }
    }

    func encode(to encoder: any Encoder, named name: String) throws {
        var values = encoder.container(keyedBy: Key.self)
        switch self {
        case .file(let file): try values.encode(file, forKey: Key("\(name)_file"))
        case .environment(let variable): try values.encode(variable, forKey: Key("\(name)_env"))
        }
    }

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(_ name: String) { stringValue = name }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { return nil }
    }
}
