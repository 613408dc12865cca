import Foundation
import HTTPServing
import Synchronization

/// The server's clock, which the fault `skew` puts 5 minutes ahead.
final class SimulatorClock: Sendable {
    private let faults: Faults
    private let written = Mutex((second: 0, text: ""))

    init(faults: Faults) {
        self.faults = faults
    }

    var now: Date {
        Date().addingTimeInterval(faults.isOn(.skew) ? 300 : 0)
    }

    /// For the Date header (RFC 9110 5.6.7).
    var httpDate: String {
        let second = Int(now.timeIntervalSince1970)
        return written.withLock { written in
            if written.second != second { written = (second, Self.httpDate(second)) }
            return written.text
        }
    }

    private static func httpDate(_ second: Int) -> String {
        let day = Day(second / 86400)
        let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        let (year, month, number) = day.civil
        var bytes = Array("\(weekdays[day.weekday]), ".utf8)
        bytes.appendDigits(number, 2)
        bytes.append(contentsOf: " \(months[month - 1]) \(year) ".utf8)
        bytes.appendDigits(second % 86400 / 3600, 2)
        bytes.append(0x3A)
        bytes.appendDigits(second % 3600 / 60, 2)
        bytes.append(0x3A)
        bytes.appendDigits(second % 60, 2)
        bytes.append(contentsOf: " GMT".utf8)
        return String(decoding: bytes, as: UTF8.self)
    }
}
