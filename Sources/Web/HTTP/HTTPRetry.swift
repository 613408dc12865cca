package import Foundation

/// When a request is repeated: after 429 and 503, and after a lost connection.
public struct HTTPRetry: Sendable {
    /// How often a request is sent at most.
    public var attempts: Int
    /// The wait before the first repetition; each further one is twice as long.
    public var firstWait: Duration
    /// No wait is longer. A server that asks for more is left alone: its answer goes to the
    /// caller, and the next pass comes soon enough.
    public var longestWait: Duration

    public init(
        attempts: Int = 4,
        firstWait: Duration = .milliseconds(500),
        longestWait: Duration = .seconds(20)
    ) {
        self.attempts = attempts
        self.firstWait = firstWait
        self.longestWait = longestWait
    }

    /// How long to wait before the attempt after `attempt` (counted from 1), or nil where
    /// there is to be none.
    package func wait(after attempt: Int, answer: HTTPAnswer? = nil) -> Duration? {
        wait(after: attempt, asked: answer.flatMap(Self.askedWait))
    }

    /// The same where the server asked for a wait in its own way.
    package func wait(after attempt: Int, asked: Duration?) -> Duration? {
        guard attempt < attempts else { return nil }
        if let asked {
            // A little later than asked, so that those sent away together do not return together.
            return asked > longestWait ? nil : asked + firstWait * Double.random(in: 0...0.5)
        }
        let grown = firstWait * pow(2, Double(attempt - 1))
        return min(grown, longestWait) * Double.random(in: 0.5...1)
    }

    /// What `Retry-After` asks for (RFC 9110 10.2.3): seconds, which some servers send with a
    /// fraction, or an HTTP date, which is measured against the answer's own `Date`, so that the
    /// clocks of two hosts need not agree.
    package static func askedWait(_ answer: HTTPAnswer) -> Duration? {
        guard let value = answer.header("Retry-After") else { return nil }
        if let seconds = Double(value) {
            return seconds.isFinite && seconds >= 0 ? .seconds(min(seconds, 1e9)) : nil
        }
        guard let end = httpDate(value), let start = answer.header("Date").flatMap(httpDate) else {
            return nil
        }
        return .seconds(max(0, end.timeIntervalSince(start)))
    }

    /// An HTTP date in the one form that servers may send today (RFC 9110 5.6.7), such as
    /// `Sun, 06 Nov 1994 08:49:37 GMT`.
    package static func httpDate(_ text: String) -> Date? {
        let parts = text.split(whereSeparator: { " ,:".contains($0) }).map(String.init)
        guard parts.count == 8, parts[7] == "GMT",
            let month = months.firstIndex(of: parts[2]),
            let day = Int(parts[1]), let year = Int(parts[3]),
            let hour = Int(parts[4]), let minute = Int(parts[5]), let second = Int(parts[6])
        else { return nil }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar.date(
            from: DateComponents(
                year: year,
                month: month + 1,
                day: day,
                hour: hour,
                minute: minute,
                second: second
            )
        )
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
