"""Part `carrying`: the first night of an organisation, whose absences are all new: taken in, planned,
written down and carried out on the exchange `table`; and what the program holds in memory, at N / 4
and at N users.

The floors of the pass are plain inserts of as many rows as it leaves: what was planned, what is placed,
what the switchboard shows, each into a table without index.
"""

import time

from .loading import R, Load
from .organisation import Organisation
from .running import reconcile

FLOORS = ("audit.changes", "telephony.placed", "switchboard.absences")


def run(bench):
    small = prepared(bench, max(1, bench.users // 4))
    small_seconds, small_memory, small_absences, _ = first_pass(bench, small, 0)
    bench.report.add(
        f"first pass, {small.users:,} users", rows=small_absences, seconds=[small_seconds],
        memory_kb=small_memory,
    )
    whole = prepared(bench, bench.users)
    rounds = [first_pass(bench, whole, number) for number in range(bench.rounds)]
    seconds, memory, absences, floors = zip(*rounds)
    bench.report.add(
        f"first pass, {whole.users:,} users", rows=absences[0], seconds=seconds,
        floor="INSERT … SELECT, three tables", floor_seconds=floors, memory_kb=max(memory),
    )
    bench.report.add(
        "first night: stage to all placed", rows=absences[0],
        seconds=[whole.taken_in + each for each in seconds], floor=R,
        floor_seconds=[whole.copied] * len(seconds), must=6, moonshot=4,
    )


def prepared(bench, users):
    """An organisation whose bookings are taken in, and nothing more."""
    organisation = Organisation(bench, f"carrying_{users}", users, bench.bookings)
    load = Load(organisation)
    organisation.copied = load.psql([f"\\copy plain from '{load.text}'"])
    organisation.ask("drop table plain; checkpoint")
    _, organisation.taken_in = load.taken_in(0)
    organisation.ask("vacuum analyze")
    return organisation


def first_pass(bench, organisation, number):
    """Seconds, peak memory in kB, absences and the floor's seconds, in a copy of the database."""
    copy = organisation.copy(f"{organisation.database}_{number}")
    copy.ask("checkpoint")
    seconds, memory = reconcile(bench, copy)
    absences = int(copy.ask("select count(*) from switchboard.absences"))
    floor = 0
    for table in FLOORS:
        copy.ask(f"create table floor as select * from {table} where false; checkpoint")
        begun = time.monotonic()
        copy.ask(f"insert into floor select * from {table}")
        floor += time.monotonic() - begun
        copy.ask("drop table floor")
    bench.tool("dropdb", copy.database)
    return seconds, memory, absences, floor
