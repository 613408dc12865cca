import Foundation
import TestSupport

/// Whether a text is well-formed XML, as Python's parser (expat) sees it.
struct XMLCheck {
    func accepts(_ text: String) -> Bool {
        let program =
            "import sys, xml.dom.minidom; xml.dom.minidom.parseString(sys.argv[1].encode())"
        do {
            try Script.run(URL(filePath: "/usr/bin/python3"), ["-c", program, text])
            return true
        } catch {
            return false
        }
    }
}
