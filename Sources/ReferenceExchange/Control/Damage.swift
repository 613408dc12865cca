import Foundation
import HTTPServing

/// What a fault makes of a body.
struct Damage {
    private let apply: (inout ServerAnswer, Fault) -> Void

    func change(_ answer: inout ServerAnswer, _ fault: Fault) {
        apply(&answer, fault)
    }

    /// Nil where the fault leaves bodies alone.
    init?(_ name: Fault.Name) {
        switch name {
        case .cutList: self.init { Self.halve(&$0, isWhole: false) }
        case .lossyList: self.init { Self.halve(&$0, isWhole: true) }
        case .endlessPages:
            self.init { Self.edit(&$0) { $0["next"] = "after-0" } }
        case .missingOutcome:
            self.init { Self.editList(&$0, "outcomes") { $0.removeLast() } }
        case .foreignOutcome:
            self.init {
                Self.editList(&$0, "outcomes") { list in
                    guard var foreign = list.first as? [String: Any] else { return }
                    foreign["absence_key"] = "00000000-0000-4000-8000-000000000000"
                    list.append(foreign)
                }
            }
        case .brokenElement:
            self.init { answer in
                for name in ["absences", "outcomes"] {
                    Self.editList(&answer, name) { list in
                        let place = min(1, list.count - 1)
                        guard var element = list[place] as? [String: Any] else { return }
                        for name in ["kind", "starts_at", "outcome"] where element[name] != nil {
                            element[name] = [7]
                        }
                        list[place] = element
                    }
                }
            }
        case .deep: self.init { $0.body = [UInt8](repeating: UInt8(ascii: "["), count: 100_000) }
        case .numbers: self.init { Self.replace(&$0, #":-?[0-9][0-9.eE+-]*"#, ":1e400") }
        case .types:
            self.init {
                Self.replace(&$0, #"":(true|false|-?[0-9]+)"#, #"":"$1""#)
                Self.replace(&$0, #"":"(done|unchanged|open|direct|information)""#, #"":7"#)
            }
        case .duplicates:
            self.init {
                Self.replace(&$0, #"^\{"#, #"{"absences":[],"outcomes":[],"kinds":["direct"],"#)
            }
        case .bytes: self.init { Self.insert([0xFF, 0xFE, 0xC0], &$0) }
        case .nul: self.init { Self.insert(Array(#"\u0000"#.utf8), &$0) }
        case .huge:
            self.init { answer, fault in
                answer.body += [UInt8](repeating: 0x20, count: fault.size ?? 100 << 20)
            }
        case .truncated: self.init { $0.body.removeLast($0.body.count / 2) }
        case .empty: self.init { $0.body = [] }
        case .html:
            self.init { answer in
                answer = .text(200, "<!doctype html><title>Log in</title>")
                answer.headers = [("Content-Type", "text/html")]
            }
        default: return nil
        }
    }

    private init(_ apply: @escaping (inout ServerAnswer) -> Void) {
        self.apply = { answer, _ in apply(&answer) }
    }

    private init(_ apply: @escaping (inout ServerAnswer, Fault) -> Void) {
        self.apply = apply
    }

    private static func halve(_ answer: inout ServerAnswer, isWhole: Bool) {
        editList(&answer, "absences") { $0.removeLast(($0.count + 1) / 2) }
        edit(&answer) { $0["is_whole"] = isWhole }
    }

    private static func edit(_ answer: inout ServerAnswer, _ body: (inout [String: Any]) -> Void) {
        guard
            var object = try? JSONSerialization.jsonObject(with: Data(answer.body))
                as? [String: Any]
        else { return }
        body(&object)
        guard let data = try? JSONSerialization.data(withJSONObject: object) else { return }
        answer.body = [UInt8](data)
    }

    private static func editList(
        _ answer: inout ServerAnswer,
        _ name: String,
        _ body: (inout [Any]) -> Void
    ) {
        edit(&answer) { object in
            guard var list = object[name] as? [Any], !list.isEmpty else { return }
            body(&list)
            object[name] = list
        }
    }

    private static func replace(_ answer: inout ServerAnswer, _ pattern: String, _ with: String) {
        let text = String(decoding: answer.body, as: UTF8.self)
        answer.body = Array(
            text.replacingOccurrences(of: pattern, with: with, options: .regularExpression).utf8
        )
    }

    /// Puts bytes at the beginning of every string that is a value.
    private static func insert(_ bytes: [UInt8], _ answer: inout ServerAnswer) {
        var body: [UInt8] = []
        for byte in answer.body {
            let opens = byte == UInt8(ascii: "\"") && body.last == UInt8(ascii: ":")
            body.append(byte)
            if opens { body += bytes }
        }
        answer.body = body
    }
}
