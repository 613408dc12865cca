import AbsenceModel
import Foundation
import Postgres

/// Whose stage it is: one load of one customer.
struct Stage {
    var customer: CustomerID
    var load: Int64

    fileprivate func encode(_ calendar: CalendarName, into fields: inout BinaryRow) {
        fields.bigint(customer.rawValue)
        fields.bigint(load)
        fields.bigint(calendar.user.rawValue)
        fields.integer(Int32(calendar.calendarID))
    }

    fileprivate static let columns = [
        Column("customer_id", .bigint),
        Column("load_id", .bigint),
        Column("user_id", .bigint),
        Column("calendar_id", .integer),
    ]
}

struct StagedBookings: CopyTarget {
    static let sql = """
        copy staging.bookings (customer_id, load_id, user_id, calendar_id, booking_key,
            resource_key, starts_at, ends_at, start_date, end_date, show_as, sensitivity,
            response, is_cancelled, subject, location, body, is_choice, is_choice_skip,
            choice_reason, choice_kind, resource_mark)
        from stdin with (format binary)
        """
    static let columns =
        Stage.columns + [
            Column("booking_key", .text),
            Column("resource_key", .text),
            Column("starts_at", .timestamptz),
            Column("ends_at", .timestamptz),
            Column("start_date", .date),
            Column("end_date", .date),
            Column("show_as", "customer.show_as"),
            Column("sensitivity", "customer.sensitivity"),
            Column("response", "customer.response"),
            Column("is_cancelled", .boolean),
            Column("subject", .text),
            Column("location", .text),
            Column("body", .text),
            Column("is_choice", .boolean),
            Column("is_choice_skip", .boolean),
            Column("choice_reason", .text),
            Column("choice_kind", "customer.kind"),
            Column("resource_mark", .text),
        ]

    static func encode(
        _ row: (Stage, CalendarName, Booking),
        into fields: inout BinaryRow
    ) {
        encode(row.0, row.1, row.2, into: &fields)
    }

    static func encode(
        _ stage: Stage,
        _ calendar: CalendarName,
        _ booking: Booking,
        into fields: inout BinaryRow
    ) {
        stage.encode(calendar, into: &fields)
        let texts = booking.texts
        texts.withBytes(of: .key) { fields.text($0) }
        texts.withBytes(of: texts.has(.resource) ? .resource : .key) { fields.text($0) }
        switch booking.time {
        case .timed(let start, let end):
            fields.timestamptz(start)
            fields.timestamptz(end)
            fields.null()
            fields.null()
        case .allDay(let start, let end):
            fields.null()
            fields.null()
            fields.date(CivilDate(start))
            fields.date(CivilDate(end))
        }
        fields.label(booking.showAs)
        fields.label(booking.sensitivity)
        fields.label(booking.response)
        fields.bool(booking.isCancelled)
        texts.withBytes(of: .subject) { fields.storable($0) }
        texts.withBytes(of: .location) { fields.storable($0) }
        texts.withBytes(of: .body) { fields.storable($0) }
        switch booking.choice {
        case nil:
            fields.bool(false)
            fields.bool(false)
            fields.null()
            fields.null()
        case .skip:
            fields.bool(false)
            fields.bool(true)
            fields.null()
            fields.null()
        case .absence(let reason, let kind):
            fields.bool(true)
            fields.bool(false)
            fields.text(reason?.rawValue)
            fields.label(kind)
        }
        texts.withBytes(of: .mark) { fields.text($0) }
    }
}

struct StagedCoverage: CopyTarget {
    static let sql = """
        copy staging.coverage (customer_id, load_id, user_id, calendar_id, scope, is_prefix,
            window_start, window_end)
        from stdin with (format binary)
        """
    static let columns =
        Stage.columns + [
            Column("scope", .text),
            Column("is_prefix", .boolean),
            Column("window_start", .timestamptz),
            Column("window_end", .timestamptz),
        ]

    static func encode(
        _ row: (Stage, CalendarName, LoadedCalendar.Scope, Range<Date>),
        into fields: inout BinaryRow
    ) {
        let (stage, calendar, scope, window) = row
        stage.encode(calendar, into: &fields)
        fields.text(scope.name)
        fields.bool(scope.isPrefix)
        fields.timestamptz(window.lowerBound)
        fields.timestamptz(window.upperBound)
    }
}

struct StagedResources: CopyTarget {
    static let sql = """
        copy staging.resources (customer_id, load_id, user_id, calendar_id, resource_key, mark)
        from stdin with (format binary)
        """
    static let columns =
        Stage.columns + [Column("resource_key", .text), Column("mark", .text)]

    static func encode(
        _ row: (Stage, CalendarName, String, String),
        into fields: inout BinaryRow
    ) {
        let (stage, calendar, resource, mark) = row
        stage.encode(calendar, into: &fields)
        fields.text(resource)
        fields.text(mark)
    }
}

struct StagedQuarantine: CopyTarget {
    static let sql = """
        copy staging.quarantine (customer_id, load_id, user_id, calendar_id, resource_key,
            booking_key, reason, is_degraded)
        from stdin with (format binary)
        """
    static let columns =
        Stage.columns + [
            Column("resource_key", .text),
            Column("booking_key", .text),
            Column("reason", .text),
            Column("is_degraded", .boolean),
        ]

    static func encode(
        _ row: (Stage, CalendarName, QuarantinedBooking),
        into fields: inout BinaryRow
    ) {
        let (stage, calendar, quarantined) = row
        stage.encode(calendar, into: &fields)
        fields.text(quarantined.resource)
        fields.text(quarantined.key)
        fields.text(quarantined.reason)
        fields.bool(quarantined.isDegraded)
    }
}

struct StagedCursors: CopyTarget {
    static let sql = """
        copy staging.cursors (customer_id, load_id, user_id, calendar_id, generation, cursor,
            byte_count, failures)
        from stdin with (format binary)
        """
    static let columns =
        Stage.columns + [
            Column("generation", .bigint),
            Column("cursor", .text),
            Column("byte_count", .bigint),
            Column("failures", .textArray),
        ]

    static func encode(_ row: (Stage, LoadedCalendar), into fields: inout BinaryRow) {
        let (stage, calendar) = row
        stage.encode(calendar.name, into: &fields)
        fields.bigint(calendar.generation)
        fields.text(calendar.cursor)
        fields.bigint(Int64(calendar.byteCount))
        fields.textArray(calendar.failures)
    }
}

struct LoadFailures: CopyTarget {
    static let sql = """
        copy audit.load_failures (customer_id, load_id, user_id, calendar_id, load_started_at,
            failure, failed_at)
        from stdin with (format binary)
        """
    static let columns =
        Stage.columns + [
            Column("load_started_at", .timestamptz), Column("failure", .text),
            Column("failed_at", .timestamptz),
        ]

    static func encode(
        _ row: (Stage, Date, FailedCalendar, Date),
        into fields: inout BinaryRow
    ) {
        let (stage, startedAt, failed, instant) = row
        stage.encode(failed.name, into: &fields)
        fields.timestamptz(startedAt)
        fields.text(failed.failure)
        fields.timestamptz(instant)
    }
}

extension CivilDate {
    fileprivate init(_ date: LocalDate) {
        self.init(year: date.year, month: date.month, day: date.day)
    }
}

extension String {
    /// Without the character that PostgreSQL's text cannot hold.
    var storable: String {
        utf8.contains(0) ? filter { $0 != "\0" } : self
    }
}

extension BinaryRow {
    /// A text without the character that PostgreSQL's text cannot hold.
    fileprivate mutating func storable(_ bytes: UnsafeRawBufferPointer?) {
        if let bytes, let start = bytes.baseAddress, memchr(start, 0, bytes.count) != nil {
            text(String(decoding: bytes, as: UTF8.self).storable)
        } else {
            text(bytes)
        }
    }
}
