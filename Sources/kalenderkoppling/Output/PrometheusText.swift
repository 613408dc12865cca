import AbsenceStore

/// Metrics in Prometheus' text format, version 0.0.4, as the textfile collector of node_exporter
/// reads them: without instants, which it refuses.
struct PrometheusText {
    /// Those of one name beside each other.
    let metrics: [Metric]

    var text: String {
        var text = ""
        var name: String?
        for metric in metrics {
            if metric.name != name {
                name = metric.name
                text += "# HELP \(metric.name) \(Self.escaped(metric.help))\n"
                text += "# TYPE \(metric.name) \(metric.type)\n"
            }
            let labels =
                [("customer", metric.customerKey)]
                + (metric.label.map { [($0, metric.labelValue ?? "")] } ?? [])
            let written = labels.map { "\($0)=\"\(Self.escaped($1, quotes: true))\"" }
            text +=
                "\(metric.name){\(written.joined(separator: ","))} \(Self.number(metric.value))\n"
        }
        return text
    }

    private static func escaped(_ text: String, quotes: Bool = false) -> String {
        let escaped = text.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
        return quotes ? escaped.replacing("\"", with: "\\\"") : escaped
    }

    /// Whole numbers as such.
    private static func number(_ value: Double) -> String {
        Int64(exactly: value).map(String.init) ?? String(value)
    }
}
