import Testing

@testable import Settings

@Suite struct NearestTests {
    @Test(arguments: [
        ("merge_gab", "merge_gap"), ("megre_gap", "merge_gap"), ("MERGE_GAP", "merge_gap"),
        ("mergegap", "merge_gap"), ("merge_gaps", "merge_gap"), ("tetx", "text"),
        ("txt", "text"),
    ])
    func `a typing mistake finds its word`(text: String, word: String) {
        #expect(Nearest.word(to: text, among: ["sync", "text", "merge_gap"]) == word)
    }

    @Test(arguments: ["", "colour", "gap", "x", "synchronise"])
    func `what is too far off finds none`(text: String) {
        #expect(Nearest.word(to: text, among: ["sync", "text", "merge_gap"]) == nil)
    }

    @Test func `of several as near the first is meant`() {
        #expect(Nearest.word(to: "cat", among: ["hat", "bat"]) == "hat")
        #expect(Nearest.word(to: "at", among: ["hat", "bat"]) == nil)
        #expect(Nearest.word(to: "bat", among: ["hat", "bat"]) == "bat")
    }
}
