"""generate.py SEED COUNT [--only N] [--days 35]: random rule cases with what the oracle computes.

A case depends on its own seed SEED/N alone, so `generate.py SEED --only N` prints that one again.
"""
import argparse
import random
from datetime import date, datetime, time, timedelta

import casefile
import clock
import draw_bookings
import draw_rules
import oracle
from templates import rules_of

SYSTEMS = ["one-x", "trio", "kalender-push", "cmg"]

# The clock changes of 2026; Lord Howe's is by half an hour, Kathmandu has none.
CHANGES = {
    "Europe/Stockholm": [date(2026, 3, 29), date(2026, 10, 25)],
    "America/New_York": [date(2026, 3, 8), date(2026, 11, 1)],
    "Australia/Lord_Howe": [date(2026, 4, 5), date(2026, 10, 4)],
    "Asia/Kathmandu": [],
}
ORDINARY = [date(2026, 1, 12), date(2026, 6, 1), date(2026, 11, 16)]


def period_of(rng, zone_name, days):
    changes = CHANGES[zone_name]
    if changes and rng.random() < 0.7:
        change = rng.choice(changes)
        first_day = change - timedelta(days=rng.randrange(days))
        return draw_bookings.Period(rng, zone_name, first_day, days, change)
    return draw_bookings.Period(rng, zone_name, rng.choice(ORDINARY), days, None)


def a_now(rng, case, rules, period):
    """Some moment of the period; at times the very one at which a booking ends or comes in sight."""
    day = period.day(rng.choice([0, rng.randrange(period.days)]))
    moment = datetime.combine(day, time(rng.randrange(24), rng.choice([0, 5, 30])))
    now = clock.instant(moment.isoformat(), period.zone_name)
    booking = rng.choice(case["bookings"])
    if rng.random() < 0.3 and not booking.get("all_day"):
        start, end = (clock.instant(booking[key], period.zone_name) for key in ("start", "end"))
        now = rng.choice([end, start - rules["days_ahead"] * 24 * 3600])
    return now


def case_of(seed, number, days):
    rng = random.Random(f"{seed}/{number}")
    system = SYSTEMS[number % 4]
    zone_name = rng.choices(list(CHANGES), [35, 25, 30, 10])[0]
    period = period_of(rng, zone_name, days)
    rules, reasons = draw_rules.rules(rng, system, period)
    case = {
        "name": f"oracle seed {seed}/{number}: {system}, {zone_name}",
        "system": system,
        "now": None,
        "rules": rules,
        "users": draw_rules.users(rng, zone_name, reasons),
    }
    case["bookings"] = draw_bookings.bookings(rng, case, rules_of(case), reasons, period)
    case["now"] = clock.show(a_now(rng, case, rules_of(case), period), zone_name)
    return case | oracle.compute(case)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seed")
    parser.add_argument("count", type=int, nargs="?", default=1)
    parser.add_argument("--only", type=int, metavar="N")
    parser.add_argument("--days", type=int, default=35)
    given = parser.parse_args()
    numbers = range(given.count) if given.only is None else [given.only]
    print("---\n".join(casefile.write(case_of(given.seed, number, given.days)) for number in numbers), end="")


if __name__ == "__main__":
    main()
