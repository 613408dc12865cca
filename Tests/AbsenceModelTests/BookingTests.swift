import AbsenceModel
import Foundation
import Testing

@Suite struct `Bookings` {
    private let booking = Booking(
        key: "b",
        resource: "serie",
        time: .allDay(
            start: LocalDate(year: 2026, month: 11, day: 23),
            end: LocalDate(year: 2026, month: 11, day: 24)
        ),
        subject: "Möte",
        body: ""
    )

    @Test func `texts are those that were given`() {
        #expect([booking.key, booking.resource] == ["b", "serie"])
        #expect([booking.subject, booking.location, booking.body] == ["Möte", nil, ""])
        #expect(booking.mark == nil)
    }

    @Test func `one text is set and the others stay`() {
        var other = booking
        other.location = "Rum 1 på Ångermanälven"
        other.subject = nil
        #expect([other.subject, other.location, other.body] == [nil, other.location, ""])
        #expect(other.location == "Rum 1 på Ångermanälven")
        #expect([other.key, other.resource] == ["b", "serie"])
        #expect(booking.subject == "Möte")
        #expect(other != booking)
    }

    @Test(arguments: [("c", "c"), ("c", "b"), ("c", "annan")])
    func `a booking is renamed`(key: String, resource: String) {
        var other = booking
        other.rename(key: key, resource: resource)
        #expect([other.key, other.resource, other.subject] == [key, resource, "Möte"])
        other.rename(key: "b", resource: "serie")
        #expect(other == booking)
    }

    @Test func `missing and empty are not the same`() {
        var other = booking
        other.body = nil
        #expect(other != booking)
    }
}
