/// The systems that a customer can choose; each is a template of rules, codes and reasons.
public enum PhoneSystem: String, CaseIterable, Codable, Sendable {
    case oneX = "one-x"
    case trio
    case kalenderPush = "kalender-push"
    case cmg
}
