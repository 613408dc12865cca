"""Random bookings that lie thick: overlapping, touching, in chains, over clock changes."""
import string
from datetime import datetime, time, timedelta

import clock
import draw_subjects
from draw_rules import SHOW_AS, chance, choice
from templates import merge_gap_seconds

PLACES = ["Rum 4", "Zoom", " Torget  2 ", "\u200b", "Møterom Å"]
SENSITIVITIES = ["normal", "personal", "private", "confidential"]
BODIES = ["Ta med siffrorna", "Hej\n\nVi ses", " ", "SAM: i texten", "se &Ferie"]


class Period:
    """The days in play, the few where most bookings stand, and the day of the clock change."""

    def __init__(self, rng, zone_name, first_day, days, change):
        self.zone_name, self.first_day, self.days = zone_name, first_day, days
        self.hot = [self.day(rng.randrange(days)) for _ in range(rng.randrange(2, 7))]
        if change:
            self.hot += [change, change]
        self.change = change

    def day(self, number):
        return self.first_day + timedelta(days=number)


def written(rng, second, zone_name, share=0.1):
    """As wall time where that means this instant, sometimes and else with an offset."""
    shown = clock.show(second, zone_name)
    wall = shown[:16]
    if clock.instant(wall, zone_name) != second:
        return shown
    if chance(rng, share):
        return rng.choice([shown, clock.show(second, "UTC"), shown[:16] + shown[19:]])
    return wall


def a_moment(rng, period):
    """A wall time, which may lie in the gap or the overlap of a clock change."""
    day = rng.choice(period.hot) if chance(rng, 0.75) else period.day(rng.randrange(period.days))
    if day == period.change and chance(rng, 0.6):
        minute = rng.randrange(0, 5 * 60, 5)
    else:
        minute = rng.choice([rng.randrange(0, 1440, 15), rng.randrange(480, 1020, 30)])
    return datetime.combine(day, time(minute // 60, minute % 60)).isoformat(timespec="minutes")


def timed(rng, period, earlier, gap):
    """(start, end) as text; often beside an earlier booking of the user."""
    zone_name = period.zone_name
    text = a_moment(rng, period)
    start = clock.instant(text, zone_name)
    if earlier and chance(rng, 0.55):
        other = rng.choice(earlier)
        minutes = rng.choice([0, 0, 1, gap - 1, gap, gap, gap + 1, gap + 1, -5, -30])
        after = other[1] + minutes * 60
        start = rng.choice([after, after, other[0], other[0] - 15 * 60])
        text = written(rng, start, zone_name)
    length = rng.choices([0, 5, 15, 30, 60, 90, 120, 240, 480, 1440, 4000],
                         [8, 10, 15, 25, 25, 15, 12, 10, 6, 2, 1])[0]
    if length == 0 and chance(rng, 0.6):
        length = 25
    end = start + length * 60
    if earlier and chance(rng, 0.1):
        end = max(start, rng.choice(earlier)[1])
    earlier.append((start, end))
    if text[16:] == "" and chance(rng, 0.1):
        text = written(rng, start, zone_name, 1)
    return text, written(rng, end, zone_name)


def all_day(rng, period):
    first = rng.choice(period.hot + [period.day(rng.randrange(period.days))])
    days = rng.choices([0, 1, 2, 3, 5, 9], [5, 50, 20, 15, 7, 3])[0]
    return first.isoformat(), (first + timedelta(days=days)).isoformat()


def bookings(rng, case, rules, reasons, period):
    letters = string.ascii_lowercase
    ids = rng.sample([first + second for first in letters for second in letters + string.digits], 300)
    gap = (merge_gap_seconds(rules) or 300) // 60
    quiet = chance(rng, 0.2)  # fewer odd bookings: more merging and covering
    all_days = rng.choice([0.02, 0.1, 0.25])
    drawn = []
    for user in case["users"]:
        earlier = []
        for _ in range(rng.randrange(5, 61)):
            booking = {"id": ids.pop()}
            if len(case["users"]) > 1:
                booking["user"] = user["id"]
            subject = draw_subjects.subject(rng, case["system"], list(rules["codes"]))
            fields = {
                "subject": (0.9, subject),
                "location": (0.3, rng.choice(PLACES)),
                "body": (0.2, rng.choice(BODIES)),
                "show_as": (0.3 if quiet else 0.6, rng.choice(SHOW_AS)),
                "sensitivity": (0.05 if quiet else 0.2, rng.choice(SENSITIVITIES)),
                "response": (0.4, rng.choice(["organizer", "accepted", "accepted", "tentative"])),
                "override": (0.03 if quiet else 0.12, choice(rng, reasons)),
            }
            booking |= {key: value for key, (share, value) in fields.items()
                        if value is not None and chance(rng, share)}
            if chance(rng, 0.08):
                booking["response"] = rng.choice(["not_responded", "not_responded", "declined"])
            if chance(rng, 0.03):
                booking["cancelled"] = True
            if chance(rng, all_days):
                booking["all_day"] = True
                booking["start"], booking["end"] = all_day(rng, period)
            else:
                booking["start"], booking["end"] = timed(rng, period, earlier, gap)
            drawn.append(booking)
    return drawn
