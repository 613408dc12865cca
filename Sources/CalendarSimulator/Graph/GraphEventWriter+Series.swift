import HTTPServing

extension GraphEventWriter {
    /// What tells how an event belongs to a series.
    func writeSeries(_ occurrence: Occurrence, _ kind: Kind, to writer: inout JSONWriter) {
        let event = occurrence.event
        if wants("type") { writer.member("type", kind.rawValue) }
        if wants("seriesMasterId") {
            writer.member("seriesMasterId") {
                if kind == .occurrence || kind == .exception {
                    writeID(GraphID(number: event.number), &$0)
                } else {
                    $0.null()
                }
            }
        }
        if kind == .occurrence || kind == .exception, wants("originalStart") {
            writer.member("originalStart") {
                $0.plainString { bytes in
                    bytes.append(occurrence.originalInstant.utc)
                    bytes.append(UInt8(ascii: "Z"))
                }
            }
        }
        if wants("recurrence") {
            writer.member("recurrence") {
                if kind == .seriesMaster, let recurrence = event.recurrence {
                    write(recurrence, of: event, to: &$0)
                } else {
                    $0.null()
                }
            }
        }
        // Told only to those who ask for it by name.
        if kind == .seriesMaster, selected?.contains("cancelledOccurrences") ?? false {
            writer.member("cancelledOccurrences") {
                $0.array { writer in
                    for day in event.deletedDays.sorted() {
                        writer.plainString { bytes in
                            bytes.append(contentsOf: "OID.".utf8)
                            GraphID(number: event.number).append(
                                to: &bytes,
                                mailbox: mailbox.number,
                                isImmutable: preferences.hasImmutableIDs
                            )
                            bytes.append(UInt8(ascii: "."))
                            bytes.append(day)
                        }
                    }
                }
            }
        }
    }

    private func write(_ recurrence: Recurrence, of event: Event, to writer: inout JSONWriter) {
        writer.object {
            $0.member("pattern") { write(recurrence.pattern, recurrence, event, &$0) }
            $0.member("range") { writer in
                writer.object {
                    switch recurrence.end {
                    case .never:
                        $0.member("type", "noEnd")
                        $0.member("endDate", "0001-01-01")
                        $0.member("numberOfOccurrences", 0)
                    case .count(let count):
                        $0.member("type", "numbered")
                        $0.member("endDate", "0001-01-01")
                        $0.member("numberOfOccurrences", count)
                    case .until(let day):
                        $0.member("type", "endDate")
                        $0.member("endDate", day.description)
                        $0.member("numberOfOccurrences", 0)
                    }
                    $0.member("startDate", event.start.day.description)
                    $0.member("recurrenceTimeZone", event.zone.windowsName)
                }
            }
        }
    }

    private func write(
        _ pattern: Recurrence.Pattern,
        _ recurrence: Recurrence,
        _ event: Event,
        _ writer: inout JSONWriter
    ) {
        let names = [
            "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
        ]
        writer.object {
            switch pattern {
            case .daily:
                $0.member("type", "daily")
            case .weekly(let weekdays):
                $0.member("type", "weekly")
                $0.member("daysOfWeek") {
                    $0.array { for weekday in weekdays.sorted() { $0.value(names[weekday]) } }
                }
                $0.member("firstDayOfWeek", "monday")
            case .monthly:
                $0.member("type", "absoluteMonthly")
                $0.member("dayOfMonth", event.start.day.civil.day)
            }
            $0.member("interval", recurrence.interval)
        }
    }
}
