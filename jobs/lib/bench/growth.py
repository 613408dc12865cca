"""Part `growth`: what a user costs as the organisation grows a hundredfold, and what a year of history
costs those passes that do not ask for it.

Each size is an organisation of its own: taken in, reconciled for the first time, and again with
nothing changed. The floor of a user in a larger one is a user in the smallest.
"""

import pathlib

from .loading import Load
from .organisation import QUIET, Organisation
from .running import in_the_database, reconcile

HISTORY = pathlib.Path(__file__).with_name("history.sql")


def run(bench):
    sizes = [size for size in (bench.users // 100, bench.users // 10, bench.users) if size >= 100]
    measured = {size: grown(bench, size) for size in sizes}
    for step, name in (("first", "first pass"), ("nightly", "nothing changed"), ("taken in", "taking in")):
        for size in sizes[1:]:
            bench.report.add(
                f"{name}: seconds a user, {size:,} users", rows=1,
                seconds=[s / size for s in measured[size][step]],
                floor=f"{sizes[0]:,} users",
                floor_seconds=[s / sizes[0] for s in measured[sizes[0]][step]],
                memory_kb=measured[size]["memory"], must=1.5,
            )

    largest = measured[sizes[-1]]
    for step, name in (("nightly", "nothing changed"), ("touched", "100 touched")):
        bench.report.add(
            f"{name}, beside a year of history", rows=bench.users,
            seconds=largest[f"{step}, with history"], floor="without history",
            floor_seconds=largest[step], must=1.1,
        )


def grown(bench, users):
    organisation = Organisation(bench, f"grown_{users}", users, bench.bookings)
    load = Load(organisation)
    organisation.ask("create extension pg_stat_statements")
    load.taken_in(0)
    organisation.ask("vacuum analyze")
    seconds, memory = reconcile(bench, organisation)
    organisation.ask("vacuum analyze")
    steps = ("taken in", "nightly", "touched", "nightly, with history", "touched, with history")
    measured = {"first": [seconds] * bench.rounds, "memory": memory} | {step: [] for step in steps}

    def measure(kind=""):
        seconds, memory = reconcile(bench, organisation)
        measured["nightly" + kind].append(seconds)
        measured["memory"] = max(measured["memory"], memory)
        users = organisation.ask("select array_agg(distinct 1 + n * 7) from generate_series(1, 100) as n")
        organisation.ask(f"select intake.touch(1, '{users}', 'roster', '{organisation.instant}')")
        measured["touched" + kind].append(in_the_database(
            organisation, lambda: reconcile(bench, organisation, "--touched")
        ))

    for _ in range(bench.rounds):
        measured["taken in"].append(load.taken_in(0)[1])
        measure()
    if users == bench.users:
        bench.tool(
            "psql", *QUIET, "-At", "--file", str(HISTORY), env=organisation.environment
        )
        for _ in range(bench.rounds):
            measure(", with history")
    bench.tool("dropdb", organisation.database)
    return measured
