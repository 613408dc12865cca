/// A part of an announcement that is spoken, or played from a recording, on its own.
public struct Prompt: Hashable, Sendable {
    /// What a recording of it is called, such as `reason.meeting`; nil for a name, of which there
    /// is no recording.
    public let key: String?
    /// What is said, in words and without digits.
    public let text: String

    init(_ key: String, _ text: String) {
        self.key = key
        self.text = text
    }

    /// A name, as it is spoken.
    init(name: String) {
        key = nil
        text = name
    }
}
