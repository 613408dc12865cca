/// How Google Workspace is reached (calendar-apis.md 3.3).
public struct GoogleSettings: Hashable, Codable, Sendable {
    /// The service account's key, as the JSON file that Google hands out.
    public var keyFile: String
    /// Of the Calendar API, with its version.
    public var url: String
    /// Of the Admin SDK's Directory API, with its version.
    public var directoryURL: String
    /// The administrator in whose name groups are read; nil where no group is named.
    public var admin: String?
    /// The name of the private extended property that holds a choice; nil where nobody chooses
    /// for single bookings.
    public var choiceProperty: String?
    /// How many requests a minute the project may make, and in the name of one user.
    public var projectPerMinute: Int
    public var userPerMinute: Int
    /// A file of certificates in PEM that are trusted besides the host's, or nil.
    public var certificateFile: String?

    public init(
        keyFile: String,
        url: String = GoogleSettings.url,
        directoryURL: String = GoogleSettings.directoryURL,
        admin: String? = nil,
        choiceProperty: String? = nil,
        projectPerMinute: Int = 10_000,
        userPerMinute: Int = 600,
        certificateFile: String? = nil
    ) {
        self.keyFile = keyFile
        self.url = url
        self.directoryURL = directoryURL
        self.admin = admin
        self.choiceProperty = choiceProperty
        self.projectPerMinute = projectPerMinute
        self.userPerMinute = userPerMinute
        self.certificateFile = certificateFile
    }

    public static let url = "https://www.googleapis.com/calendar/v3"
    public static let directoryURL = "https://admin.googleapis.com/admin/directory/v1"

    private enum CodingKeys: String, CodingKey {
        case url, admin
        case keyFile = "key_file"
        case directoryURL = "directory_url"
        case choiceProperty = "choice_property"
        case projectPerMinute = "project_per_minute"
        case userPerMinute = "user_per_minute"
        case certificateFile = "ca_file"
    }
}
