"""The wanted absences of a rule case, computed on a grid of minutes.

Deliberately naive: every user has a list with one cell a minute (a second where a case has
seconds), absences are painted on it weakest first (P-11), and what remains is read off.
`compute(case)` gives `expect` and `skipped` as cases/README.md describes them.
"""
from collections import namedtuple
from datetime import timedelta
from itertools import groupby

import clock
from decide import decide, own_rules
from templates import merge_gap_seconds, rules_of

KINDS = ["direct", "open", "information"]  # strongest first, as the two below: P-11
ORIGINS = ["choice", "code", "table"]
SHOW_AS = ["out_of_office", "busy", "tentative", "working_elsewhere", "free"]

Spell = namedtuple("Spell", "start end claim")  # a claim or a part of one, in cells
Absence = namedtuple("Absence", "start end kind origin show_as claims")  # claims: first one first

ANNA = {"id": "anna", "timezone": "Europe/Stockholm", "services": ["calendar", "diversion"]}


class Grid:
    """The cells of one user: from the first claim's start to the last one's end."""

    def __init__(self, claims, rules, zone_name):
        seconds = [second for claim in claims for second in (claim.start, claim.end)]
        self.unit = 60 if all(second % 60 == 0 for second in seconds) else 1
        self.first = min(seconds)
        self.size = (max(seconds) - self.first) // self.unit
        self.days = self.paint_days(rules, zone_name)

    def cell(self, second):
        return (second - self.first) // self.unit

    def second(self, cell):
        return self.first + cell * self.unit

    def paint_days(self, rules, zone_name):
        """A cell within office hours holds the number of its day, every other cell 0. P-22."""
        cells = [0] * self.size
        day = clock.local_date(self.first, zone_name) - timedelta(days=1)
        while day <= clock.local_date(self.second(self.size), zone_name):
            hours = clock.office_hours(day, rules, zone_name)
            if hours:
                start, end = (min(max(self.cell(second), 0), self.size) for second in hours)
                cells[start:end] = [day.toordinal()] * (end - start)
            day += timedelta(days=1)
        return cells


def runs(cells):
    """(value, start, end) for each run of equal cells."""
    place = 0
    for value, run in groupby(cells):
        length = sum(1 for _ in run)
        yield value, place, place + length
        place += length


def spells(claim, grid, rules):
    """P-9, P-22: split an all-day booking, clip to office hours; a part for each day."""
    start, end = grid.cell(claim.start), grid.cell(claim.end)
    if claim.all_day == "office_hours" or rules["office_hours_only"]:
        return [Spell(start + first, start + last, claim)
                for day, first, last in runs(grid.days[start:end]) if day]
    return [Spell(start, end, claim)]


def order(spell):
    """cases/README.md, `merge_gap`: the earliest start, then the later end, then the id."""
    return spell.start, -spell.end, spell.claim.id


def one_absence(members):
    members = sorted(members, key=order)
    claims = list({spell.claim.id: spell.claim for spell in members}.values())
    return Absence(members[0].start, max(spell.end for spell in members), claims[0].kind,
                   min((claim.origin for claim in claims), key=ORIGINS.index),
                   min((claim.show_as for claim in claims), key=SHOW_AS.index), claims)


def merge(all_spells, grid, gap):
    """P-10: one absence of what has the same kind and stands at most the gap apart."""
    if gap is None:
        return [one_absence([spell]) for spell in all_spells]
    absences = []
    for kind in KINDS:
        mine = [spell for spell in all_spells if spell.claim.kind == kind]
        cells = bytearray(grid.size)
        for spell in mine:
            cells[spell.start:spell.end] = b"\1" * (spell.end - spell.start)
        for painted, start, end in list(runs(cells)):
            if not painted and 0 < start and end < grid.size and (end - start) * grid.unit <= gap:
                cells[start:end] = b"\1" * (end - start)
        for painted, start, end in runs(cells):
            members = [spell for spell in mine if start <= spell.start < end] if painted else []
            if members:
                absences.append(one_absence(members))
    return absences


def strength(absence):
    """P-11: the least is the strongest."""
    return (KINDS.index(absence.kind), ORIGINS.index(absence.origin),
            SHOW_AS.index(absence.show_as), absence.start, absence.claims[0].id)


def paint(absences, grid):
    """P-11: each cell is decided by the strongest; (absence, start, end) of each stretch."""
    cells = [None] * grid.size
    by_bookings = {}
    for absence in sorted(absences, key=strength, reverse=True):
        name = tuple(claim.id for claim in absence.claims)
        by_bookings[name] = absence  # parts of one booking that touch have one name, and so are one
        cells[absence.start:absence.end] = [name] * (absence.end - absence.start)
    return [(by_bookings[name], start, end) for name, start, end in runs(cells) if name]


def leave_end(stretches, index, grid):
    """P-13: the end of the last absence of the leave, in cells."""
    reason = stretches[index][0].claims[0].reason
    end = stretches[index][2]
    for absence, start, later_end in stretches[index + 1:]:
        if absence.claims[0].reason == reason:
            if any(grid.days[end:start]):
                break
            end = later_end
    return end


def wanted(stretch, back_at, grid, user, rules):
    """One entry of `expect`."""
    absence, start, end = stretch
    first = absence.claims[0]
    announce_as = rules["announce_as"] | own_rules(user, rules).get("announce_as", {})  # P-14
    targets = (user.get("preferences") or {}).get("targets", {})  # P-15
    zone_name = user["timezone"]
    return {
        "user": user["id"], "reason": first.reason, "kind": absence.kind,
        "start": clock.show(grid.second(start), zone_name),
        "end": clock.show(grid.second(end), zone_name),
        "bookings": [claim.id for claim in absence.claims], "text": first.text,
        "back_at": clock.show(grid.second(back_at), zone_name),
        "announced_reason": announce_as.get(first.reason, first.reason),
        "target": targets.get(first.reason, {"type": "announcement"}),
    }


def compute_user(user, bookings, system, rules, now):
    """(expect, because by booking) of one user."""
    because = {}
    claims = []
    for booking in bookings:
        answer = decide(booking, user, system, rules)
        if isinstance(answer, str):
            because[booking["id"]] = answer
        else:
            claims.append(answer)
    if not claims:
        return [], because

    grid = Grid(claims, rules, user["timezone"])
    all_spells = [spell for claim in claims for spell in spells(claim, grid, rules)]
    within_hours = {spell.claim.id for spell in all_spells}
    stretches = paint(merge(all_spells, grid, merge_gap_seconds(rules)), grid)

    horizon = now + rules["days_ahead"] * 24 * 3600
    expect = []
    fates = {}  # of each booking, what became of the stretches that it stands behind
    for index, stretch in enumerate(stretches):
        absence, start, end = stretch
        fate = "wanted"
        if grid.second(end) <= now:  # P-21, at the very end
            fate = "past"
        elif grid.second(start) >= horizon:
            fate = "beyond_horizon"
        else:
            back = leave_end(stretches, index, grid) if rules["return_time"] == "leave_end" else end
            expect.append(wanted(stretch, back, grid, user, rules))
        for claim in absence.claims:
            fates.setdefault(claim.id, set()).add(fate)
    for claim in claims:
        if claim.id not in within_hours:
            because[claim.id] = "outside_office_hours"
        elif claim.id not in fates:
            because[claim.id] = "covered"
        elif "wanted" not in fates[claim.id]:
            because[claim.id] = "past" if "past" in fates[claim.id] else "beyond_horizon"
    return expect, because


def compute(case):
    rules = rules_of(case)
    users = case.get("users") or [ANNA]
    now = clock.instant(case["now"], "UTC")
    expect, because = [], {}
    for user in users:
        mine = [booking for booking in case["bookings"] if booking.get("user", users[0]["id"]) == user["id"]]
        wanted_now, because_now = compute_user(user, mine, case["system"], rules, now)
        expect += wanted_now
        because |= because_now
    skipped = [{"booking": booking["id"], "because": because[booking["id"]]}
               for booking in case["bookings"] if booking["id"] in because]
    return {"expect": expect, "skipped": skipped}
