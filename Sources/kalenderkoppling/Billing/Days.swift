import AbsenceModel
import ArgumentParser

/// A day as a person types it, such as 2026-11-23.
struct Day: ExpressibleByArgument {
    let date: LocalDate

    init?(argument: String) {
        guard let date = LocalDate(argument) else { return nil }
        self.date = date
    }
}

/// A month as a person types it, such as 2026-11.
struct Month: ExpressibleByArgument {
    let days: ClosedRange<LocalDate>

    init?(argument: String) {
        guard let first = LocalDate(argument + "-01") else { return nil }
        let last = (28...31).compactMap { LocalDate("\(argument)-\($0)") }.max()
        days = first...(last ?? first)
    }
}

extension ClosedRange<LocalDate> {
    static let always =
        LocalDate(
            year: 1,
            month: 1,
            day: 1
        )...LocalDate(
            year: 9999,
            month: 12,
            day: 31
        )
}
