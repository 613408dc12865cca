/// SplitMix64: the same numbers from the same seed, on every machine.
struct RandomNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number from 0 on, below `bound`.
    mutating func below(_ bound: Int) -> Int {
        Int(next() % UInt64(max(bound, 1)))
    }

    /// True in so many of 100 cases.
    mutating func percent(_ share: Int) -> Bool {
        below(100) < share
    }

    mutating func one<Element>(of elements: [Element]) -> Element {
        elements[below(elements.count)]
    }

    /// One of several, each as often as its weight says.
    mutating func one<Element>(weighed elements: [(Element, Int)]) -> Element {
        var number = below(elements.reduce(0) { $0 + $1.1 })
        for (element, weight) in elements {
            if number < weight { return element }
            number -= weight
        }
        return elements[0].0
    }
}
