import CalendarFeed
import Foundation
import Settings

extension OpenedSource {
    init(
        _ settings: GraphSettings,
        _ http: HTTPSettings,
        now: @escaping @Sendable () -> Date
    ) throws {
        throw LoadFailure(.refused, "this kind of calendar is not in this version")
    }
}
