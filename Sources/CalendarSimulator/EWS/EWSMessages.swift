import HTTPServing

/// The messages of an answer, and envelopes around them.
enum EWSMessages {
    /// A whole answer: `write` writes the response messages.
    static func answer(
        _ operation: String,
        _ write: (inout XMLWriter) -> Void
    ) -> ServerAnswer {
        envelope(200) { writer in
            // As Exchange 2019 says it; the version is none that a request may name.
            writer.element("s:Header") {
                $0.element(
                    "h:ServerVersionInfo",
                    [
                        "MajorVersion": "15", "MinorVersion": "2", "MajorBuildNumber": "1544",
                        "MinorBuildNumber": "4", "Version": "V2017_07_11",
                        "xmlns:h": types,
                    ]
                )
            }
            writer.element("s:Body") {
                $0.element("m:\(operation)Response", ["xmlns:m": messages, "xmlns:t": types]) {
                    $0.element("m:ResponseMessages", [:], write)
                }
            }
        }
    }

    /// One thing that was done.
    static func success(
        _ operation: String,
        _ writer: inout XMLWriter,
        _ write: (inout XMLWriter) -> Void
    ) {
        writer.element("m:\(operation)ResponseMessage", ["ResponseClass": "Success"]) {
            $0.element("m:ResponseCode", "NoError")
            write(&$0)
        }
    }

    /// One thing that was not done.
    static func error(
        _ operation: String,
        _ code: String,
        details: KeyValuePairs<String, String> = [:],
        _ writer: inout XMLWriter
    ) {
        writer.element("m:\(operation)ResponseMessage", ["ResponseClass": "Error"]) {
            $0.element("m:MessageText", "The simulator says \(code).")
            $0.element("m:ResponseCode", code)
            $0.element("m:DescriptiveLinkKey", "0")
            if !details.isEmpty {
                $0.element("m:MessageXml") { writer in
                    for (name, value) in details {
                        writer.element("t:Value", ["Name": name], value)
                    }
                }
            }
            switch operation {
            case "SyncFolderItems":
                $0.element("m:SyncState")
                $0.element("m:IncludesLastItemInRange", "true")
            case "GetItem": $0.element("m:Items")
            default: break
            }
        }
    }

    /// The request as a whole was not done (SOAP 1.1 4.4).
    static func fault(
        _ code: String,
        details: KeyValuePairs<String, String> = [:]
    ) -> ServerAnswer {
        envelope(500) {
            $0.element("s:Body") {
                $0.element("s:Fault") {
                    $0.element("faultcode", ["xmlns:a": types], "a:\(code)")
                    $0.element("faultstring", ["xml:lang": "en-US"], "The simulator says \(code).")
                    $0.element("detail") {
                        $0.element("e:ResponseCode", ["xmlns:e": errors], code)
                        $0.element("e:Message", ["xmlns:e": errors], "The simulator says so.")
                        guard !details.isEmpty else { return }
                        $0.element("t:MessageXml", ["xmlns:t": types]) { writer in
                            for (name, value) in details {
                                writer.element("t:Value", ["Name": name], value)
                            }
                        }
                    }
                }
            }
        }
    }

    private static func envelope(
        _ status: Int,
        _ write: (inout XMLWriter) -> Void
    ) -> ServerAnswer {
        var writer = XMLWriter()
        writer.raw("<?xml version=\"1.0\" encoding=\"utf-8\"?>")
        writer.element("s:Envelope", ["xmlns:s": soap], write)
        return ServerAnswer(
            status,
            headers: [("Content-Type", "text/xml; charset=utf-8")],
            body: writer.bytes
        )
    }

    private static let soap = "http://schemas.xmlsoap.org/soap/envelope/"
    private static let messages = "http://schemas.microsoft.com/exchange/services/2006/messages"
    private static let types = "http://schemas.microsoft.com/exchange/services/2006/types"
    private static let errors = "http://schemas.microsoft.com/exchange/services/2006/errors"
}
