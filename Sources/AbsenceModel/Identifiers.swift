/// A customer's number in the database.
public struct CustomerID: RawRepresentable, Hashable, Sendable {
    public var rawValue: Int64

    public init(rawValue: Int64) {
        self.rawValue = rawValue
    }
}

/// A user's number, unique within the customer.
public struct UserID: RawRepresentable, Hashable, Comparable, Sendable {
    public var rawValue: Int64

    public init(rawValue: Int64) {
        self.rawValue = rawValue
    }

    public static func < (left: UserID, right: UserID) -> Bool {
        left.rawValue < right.rawValue
    }
}
