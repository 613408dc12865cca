/// A share for people: 0.3 as `30 %`.
func percent(_ share: Double) -> String {
    "\(Int((share * 100).rounded())) %"
}
