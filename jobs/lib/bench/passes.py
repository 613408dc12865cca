"""Part `passes`: a nightly pass over everybody, and the passes of a minute, from what was fetched to
what came of it.

Bookings are taken in by the product's statements over two connections (see `loading`); the rest is
the program itself. What a pass of a minute takes in the database is what the server counts of its
statements, planning them included.
"""

import time

from .loading import CONNECTIONS, R, Load
from .organisation import Organisation
from .running import in_the_database, reconcile

TOUCHED = 1000
# One of the ranges in which everybody is compared, on each connection in turn.
COMPARE = """select count(*) from absence.differences_within(1, '{instant}', null, '{users}');"""


def run(bench):
    passes = Passes(bench)
    first_seconds, first_memory = passes.first()
    rounds = [passes.round() for _ in range(bench.rounds)]
    rows = bench.users * bench.bookings

    def add(name, step, floor=None, floor_step=None, rows=rows, **goals):
        bench.report.add(
            name, rows=rows, seconds=[r[step] for r in rounds], floor=floor,
            floor_seconds=[r[floor_step] for r in rounds] if floor else None, **goals,
        )

    bench.report.add(
        "first pass, after taking in", rows=passes.placed, seconds=[first_seconds],
        memory_kb=first_memory, must=None,
    )
    add("nightly, nothing changed: stage to empty plan", "nightly", R, "R", must=2.5, moonshot=2)
    add("of it: stage and take in", "taken in", R, "R")
    add("of it: claims to differences", "compared", R, "R", must=1.2, moonshot=0.8)
    add("of it: the program's pass, with its balance", "reconciled", R, "R",
        memory_kb=max(r["memory"] for r in rounds))
    add("nightly, 1 % changed", "changed", R, "R")
    touched = {"rows": TOUCHED}
    add("minutely, 1,000 touched: in the database", "touched", **touched, must=0.3, moonshot=0.1)
    add("the same", "touched", "fetching their rows by index", "fetched", **touched, must=3)
    add("minutely, nobody touched: in the database", "nobody", rows=0, must=0.05, moonshot=0.01)
    add("minutely, nobody touched: the whole program", "nobody, whole", rows=0)


class Passes:
    def __init__(self, bench):
        self.bench = bench
        self.organisation = Organisation(bench, "passes", bench.users, bench.bookings)
        self.load = Load(self.organisation)
        self.organisation.ask("create extension pg_stat_statements")
        bench.carried_out.append(self.organisation)

    def first(self):
        self.load.taken_in(0)
        self.organisation.ask("vacuum analyze")
        measured = reconcile(self.bench, self.organisation)
        # As every night: what ended is put to its account.
        self.organisation.run("prune", now=self.organisation.instant)
        self.organisation.ask("vacuum analyze")
        self.placed = int(self.organisation.ask("select count(*) from telephony.placed"))
        return measured

    def round(self):
        ask, seconds = self.organisation.ask, {}
        ask("truncate plain; checkpoint")
        seconds["R"] = self.load.psql([f"\\copy plain from '{self.load.text}'"])
        ask("truncate plain; checkpoint")
        seconds["compared"] = self.compared()
        _, seconds["taken in"] = self.load.taken_in(0)
        seconds["reconciled"], seconds["memory"] = reconcile(self.bench, self.organisation)
        seconds["nightly"] = seconds["taken in"] + seconds["reconciled"]
        _, taken_in = self.load.taken_in(1)
        seconds["changed"] = taken_in + reconcile(self.bench, self.organisation)[0]
        self.load.taken_in(0)
        reconcile(self.bench, self.organisation)
        ask("vacuum analyze")
        users = ask(f"""select array_agg(user_id) from (
            select user_id from roster.users order by hashint8(user_id) limit {TOUCHED}
        ) as drawn""")
        seconds["fetched"] = in_the_database(self.organisation, lambda: ask(
            f"select bookings from calendar.bookings where customer_id = 1 and user_id = any('{users}')"
        ))
        ask(f"select intake.touch(1, '{users}', 'roster', '{self.organisation.instant}')")
        seconds["touched"] = in_the_database(
            self.organisation, lambda: reconcile(self.bench, self.organisation, "--touched")
        )
        begun = time.monotonic()
        seconds["nobody"] = in_the_database(
            self.organisation, lambda: reconcile(self.bench, self.organisation, "--touched")
        )
        seconds["nobody, whole"] = time.monotonic() - begun
        return seconds

    def compared(self):
        """Everybody's differences, as the program asks for them."""
        ranges = self.organisation.ask("select users from absence.user_ranges(1, 4000, 10000)").split()
        begun = time.monotonic()
        self.load.beside(
            [COMPARE.format(instant=self.organisation.instant, users=each) for each in ranges[n::CONNECTIONS]]
            for n in range(CONNECTIONS)
        )
        return time.monotonic() - begun
