import Settings

/// A numbered item of the requirements that a rule case may be about, such as S2-15 or V14.
public struct RequirementItem: RawRepresentable, Hashable, Sendable {
    public let rawValue: String

    /// Nil where `rawValue` is not the form of an item: a part S0 to S4, X or P with a number
    /// after a hyphen, or V with a number.
    public init?(rawValue: String) {
        guard rawValue.wholeMatch(of: /((S[0-4]|X|P)-|V)[1-9][0-9]*/) != nil else { return nil }
        self.rawValue = rawValue
    }
}

extension SettingsReader {
    /// Reads a list of different items.
    func items(_ value: SettingsValue) -> [RequirementItem]? {
        guard let values = list(value) else { return nil }
        let items = values.map(item)
        reportRepeated(zip(items, values))
        return items.compactMap { $0 }
    }

    private func item(_ value: SettingsValue) -> RequirementItem? {
        guard let text = text(value) else { return nil }
        guard let item = RequirementItem(rawValue: text) else {
            report(
                "\(quoted(text)) is no item of the requirements; allowed: such as S2-15, X-1, P-10 "
                    + "and V14",
                at: value
            )
            return nil
        }
        return item
    }
}
