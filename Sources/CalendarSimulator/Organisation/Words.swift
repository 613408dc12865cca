/// What bookings are called; among it what every protocol must escape.
enum Words {
    static let subjects = [
        "Besprechung", "Jour fixe", "Kundentermin", "Projekt Nord", "Möte med leverantör",
        "R&D <Review>", "Budget \"Q4\"", "Planung; Teil 1, 2", "Arzt", "Fortbildung",
        "Tandläkare", "Vertrieb\\Ost", "Interview 🎤", "Abstimmung", "Lunch", "Workshop Ångström",
    ]
    static let absences = ["Urlaub", "Semester", "Dienstreise", "Krank", "Elternzeit"]
    static let elsewhere = ["Homeoffice", "Distansarbete", "Büro Malmö"]
    static let series = ["Jour fixe", "Standup", "Teamrunde", "Veckomöte", "Sprechstunde"]
    static let locations = [
        "Raum 4.12", "Konferenzraum Süd", "Malmö; plan 3", "Teams", "Kantine, EG", "<extern>",
    ]
    static let choices = ["skip", "reason=business_trip;kind=direct", "reason=meeting;kind=open"]
    static let emoji = String(repeating: "📅", count: 255)
}
