/// A table of text: columns as wide as they need to be, no lines.
struct Table {
    var header: [String]
    var rows: [[String]] = []

    /// The table, or only what stands in it where there is no header.
    var text: String {
        let all = header.isEmpty ? rows : [header] + rows
        let widths = all.reduce(into: [Int]()) { widths, row in
            for (index, cell) in row.enumerated() {
                if index == widths.count { widths.append(0) }
                widths[index] = max(widths[index], cell.count)
            }
        }
        return all.map { row in
            row.enumerated().map { index, cell in
                index == row.count - 1
                    ? cell : cell + String(repeating: " ", count: widths[index] - cell.count)
            }
            .joined(separator: "  ")
            .trimmingTrailingSpaces
        }
        .joined(separator: "\n")
    }

    /// In the format that was asked for; JSON is a list of objects of texts.
    func text(_ format: OutputFormat) throws -> String {
        switch format {
        case .table: text
        case .csv: csv
        case .json:
            try JSONText.of(
                rows.map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
            )
        }
    }

    /// As RFC 4180 has it.
    var csv: String {
        ([header] + rows).map { row in
            row.map { cell in
                cell.contains(where: { ",\"\n\r".contains($0) })
                    ? "\"\(cell.replacing("\"", with: "\"\""))\"" : cell
            }
            .joined(separator: ",")
        }
        .joined(separator: "\n")
    }
}

extension String {
    fileprivate var trimmingTrailingSpaces: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}
