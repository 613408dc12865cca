import Foundation
import TestSupport

/// What was wanted, placed and shown for a user at an instant, as it was read at that instant: the
/// truth for a question that is asked later.
struct Witness {
    var user: String
    var instant: Date
    /// One row per absence that had not ended: which of the three, then what it says.
    var state: [[String]]
}

extension World {
    /// Reads how it stands for a user right now, from the tables and views of the present.
    func witness(of user: String) throws -> Witness {
        let instant = clock.now
        let columns = """
            extension, kind::text, reason, announced_reason, starts_at, ends_at,
            coalesce(back_at, ends_at)
            """
        let state = try connection.ask(
            """
            with asked as (
                select customer_id, user_id, \(literal(instant)) as at
                from roster.users where user_key = '\(user)'
            )
            select 'wanted' as state, \(columns), booking_keys::text
            from asked cross join lateral absence.desired_within(
                asked.customer_id, asked.at, array[asked.user_id]
            )
            union all
            select 'placed', \(columns), booking_keys::text
            from telephony.placed inner join asked using (customer_id, user_id)
            where ends_at > at
            union all
            select origin, extension, kind::text, reason, coalesce(announced_reason, reason),
                starts_at, ends_at, coalesce(back_at, ends_at), '{}'
            from telephony.shown inner join asked using (customer_id, user_id)
            where ends_at > at
            order by 1, 6, 7, 2, 3, 4
            """
        )
        return Witness(user: user, instant: instant, state: state)
    }

    /// What the database says later of the same user and instant.
    func memory(of witness: Witness) throws -> [[String]] {
        try connection.ask(
            """
            select case state when 'shown' then origin else state end as state,
                stood.extension, kind::text, reason, announced_reason, starts_at, ends_at,
                back_at, booking_keys::text
            from roster.users
            cross join lateral absence.state_at(
                users.customer_id, users.user_id, \(literal(witness.instant))
            ) as stood
            where user_key = '\(witness.user)'
            order by 1, 6, 7, 2, 3, 4
            """
        )
    }

    private func literal(_ instant: Date) -> String {
        "to_timestamp(\(instant.timeIntervalSince1970))"
    }
}
