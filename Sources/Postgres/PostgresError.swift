/// Something that PostgreSQL, libpq or the reading of an answer refused.
///
/// ``description`` quotes no data and may go to a log: it holds the server's message only where
/// messages of that class cannot carry values of a row. ``debugDescription`` holds everything.
public struct PostgresError: Error, Hashable, Sendable {
    /// What kind of thing went wrong.
    public enum Code: Hashable, Sendable {
        /// The server refused; five characters as in appendix A of PostgreSQL's manual.
        case sqlState(String)
        /// No session could be opened.
        case connectionFailed
        /// The session ended under a command. What the command did is unknown, at a commit also
        /// whether it was carried out.
        case connectionLost
        /// An answer is not what its statement says it is.
        case decoding
        /// A value cannot be sent, for example a text with a NUL character.
        case encoding
        /// A transaction was begun inside another one.
        case nestedTransaction
        /// The commit rolled back, because an error inside the transaction was swallowed.
        case transactionAborted
    }

    public var code: Code
    /// The message, from the server as it came. May quote data.
    public var message: String
    /// The type or the words of the statement that failed.
    public var statement: String?
    /// The constraint that was broken.
    public var constraint: String?
    /// The table concerned, with its schema.
    public var table: String?
    /// The column concerned.
    public var column: String?
    /// The server's detail, hint and context. May quote data.
    public var detail: String?
    public var hint: String?
    public var context: String?

    init(_ code: Code, _ message: String, statement: String? = nil, column: String? = nil) {
        self.code = code
        self.message = message
        self.statement = statement
        self.column = column
    }

    /// The SQLSTATE where it was the server that refused.
    public var sqlState: String? {
        if case .sqlState(let state) = code { state } else { nil }
    }

    /// Whether the same transaction may succeed when run again from its beginning:
    /// a serialization failure or a deadlock.
    public var isSerializationFailure: Bool {
        sqlState == "40001" || sqlState == "40P01"
    }

    /// Whether there is no session to go on with.
    public var isConnectionLost: Bool {
        switch code {
        case .connectionFailed, .connectionLost: true
        case .sqlState(let state):
            state.hasPrefix("08") || ["57P01", "57P02", "57P03", "57P05"].contains(state)
        default: false
        }
    }

    /// Whether a schema, table, view, function, column or type that the statement names is not
    /// there: the schema is being deployed, or is another one than this program needs.
    public var isUndefinedObject: Bool {
        ["3F000", "42P01", "42703", "42704", "42883"].contains(sqlState)
    }

    /// Whether the server said no, so that nothing can have been done.
    public var isRefusal: Bool {
        sqlState != nil && !isConnectionLost
    }

    /// Whether a lock was not to be had in the time allowed.
    public var isLockNotAvailable: Bool {
        sqlState == "55P03"
    }
}

extension PostgresError: CustomStringConvertible, CustomDebugStringConvertible {
    public var description: String {
        var text = statement.map { "\($0): " } ?? ""
        switch code {
        case .sqlState(let state):
            text += "SQLSTATE \(state)"
            if let name = SQLState.name(of: state) { text += " (\(name))" }
            if SQLState.messageQuotesNoData(state) { text += ": \(message)" }
            if let constraint { text += ", constraint \(constraint)" }
            if let table { text += ", table \(table)" }
            if let column { text += ", column \(column)" }
        default:
            text += message
        }
        return text
    }

    public var debugDescription: String {
        var lines = ["\(code): \(message)"]
        let facts = [
            ("statement", statement), ("constraint", constraint), ("table", table),
            ("column", column), ("detail", detail), ("hint", hint), ("context", context),
        ]
        for case (let name, let fact?) in facts {
            lines.append("\(name): \(fact)")
        }
        return lines.joined(separator: "\n")
    }
}
