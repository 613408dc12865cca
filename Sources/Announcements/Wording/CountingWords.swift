/// Numbers in words.
struct CountingWords: Sendable {
    /// 0 to 19.
    let small: [String]
    /// 20, 30, … 90.
    let tens: [String]
    /// Between ten and unit: "twenty-one".
    let joint: String
    /// Units after a ten that are written in another way there, such as "én" in "tjueén".
    let unitsAfterTen: [Int: String]
    /// What the years of this century begin with: "twenty", and what follows it.
    let century: String

    /// - Parameter number: 0 to 99.
    func number(_ number: Int) -> String {
        if number < 20 { return small[number] }
        let ten = tens[number / 10 - 2]
        let unit = number % 10
        return unit == 0 ? ten : ten + joint + (unitsAfterTen[unit] ?? small[unit])
    }

    /// - Parameter year: 2010 to 2099.
    func year(_ year: Int) -> String {
        century + number(year % 100)
    }
}
