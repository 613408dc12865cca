/// Where a secret is; settings never hold the secret itself.
public enum SecretPlace: Hashable, Sendable {
    /// The path of a file whose first line it is.
    case file(String)
    /// The name of an environment variable whose value it is.
    case environment(String)
}
