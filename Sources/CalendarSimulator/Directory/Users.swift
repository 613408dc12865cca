import HTTPServing

/// The people behind the mailboxes, as a directory shows them.
enum Users {
    /// A user's object id in Graph.
    static func id(of number: Int) -> String {
        let digits = String(number)
        return "00000000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count)
            + digits
    }

    /// The mailbox of an object id or an address.
    static func number(of name: String, in organisation: Organisation) -> Int? {
        if name.contains("@") { return organisation.number(of: name) }
        guard name.hasPrefix("00000000-0000-4000-8000-"), let number = Int(name.suffix(12)),
            number > 0, number <= organisation.mailboxCount
        else { return nil }
        return number
    }

    static func answer(_ number: Int, _ organisation: Organisation) -> ServerAnswer {
        .json { write(organisation.address(of: number), organisation, to: &$0) }
    }

    /// A user in Graph. Some have no telephone.
    static func write(
        _ address: String,
        _ organisation: Organisation,
        selected: Set<String>? = nil,
        hasType: Bool = false,
        to json: inout JSONWriter
    ) {
        let number = organisation.number(of: address)
        let wants = { (name: String) in selected?.contains(name) ?? true }
        json.object {
            if hasType { $0.member("@odata.type", "#microsoft.graph.user") }
            if wants("id") { $0.member("id", number.map(id) ?? "foreign-\(address)") }
            if wants("displayName") { $0.member("displayName", name(address, number)) }
            if wants("mail") { $0.member("mail", address) }
            if wants("userPrincipalName") { $0.member("userPrincipalName", address) }
            if wants("businessPhones") {
                $0.member("businessPhones") {
                    $0.array { json in
                        if let number, number % 7 != 0 { json.value("+49 30 1\(number)") }
                    }
                }
            }
            if wants("mobilePhone") {
                $0.member("mobilePhone", number.flatMap { $0 % 3 == 0 ? nil : "+49 170 2\($0)" })
            }
        }
    }

    static func name(_ address: String, _ number: Int?) -> String {
        let names = ["Anna", "Björn", "Çelik", "Dörte", "Erik", "Frida"]
        guard let number else { return String(address.prefix { $0 != "@" }) }
        return "\(names[number % names.count]) Exempel \(number)"
    }
}
