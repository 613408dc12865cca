"""A first plan of a whole organisation: read, written down, carried out on the exchange `table`.

The floors are plain inserts of as many rows as the plan leaves: what was planned, what is placed,
what the switchboard shows, each into a table without index.
"""

import os
import subprocess
import time

from .organisation import INSTANT, QUIET, Organisation

FLOORS = ("audit.changes", "telephony.placed", "switchboard.absences")


def run(bench):
    small = prepared(bench, max(1, bench.users // 4))
    memory_of_small = first_run(bench, small, 0)[1]
    whole = prepared(bench, bench.users)
    seconds, floors, memory = [], [], []
    for number in range(bench.rounds):
        took, kilobytes, absences, floor = first_run(bench, whole, number)
        seconds.append(took)
        memory.append(kilobytes)
        floors.append(floor)
    bench.report.add(
        "first run: plan, apply, write down", rows=absences, seconds=seconds,
        floor="insert … select of as many rows, three tables", floor_seconds=floors,
        memory_kb=max(memory),
    )
    bench.report.add(
        "memory of a first run, N / 4 users", rows=absences // 4, seconds=[],
        floor="", floor_seconds=[], memory_kb=memory_of_small,
    )


def prepared(bench, users):
    """An organisation whose bookings are taken in, and nothing more."""
    organisation = Organisation(bench, f"carrying_{users}", users, bench.bookings)
    script = [
        "select intake.open_load(customer_id, 1, 'office', true, bench.instant() - interval '8 days',"
        " bench.instant() + interval '34 days', bench.instant()) from customer.customers;"
    ]
    for batch in organisation.write():
        script.append("begin;")
        for stage, path in batch.items():
            script.append(f"\\copy staging.{stage} from '{path}' with (format binary)")
        script.append(
            "select intake.take_in(customer_id, 1, (select count(*) from staging.bookings)"
            " + (select count(*) from staging.coverage), bench.instant())"
            " from customer.customers;"
        )
        script.append("commit;")
    script.append("vacuum analyze;")
    path = organisation.folder / "load.sql"
    path.write_text("\n".join(script) + "\n", encoding="utf-8")
    bench.tool("psql", *QUIET, "-At", "--file", str(path), env=organisation.environment)
    return organisation


def first_run(bench, organisation, number):
    """Seconds, peak memory in kB, absences and the floor's seconds of one first run in a copy."""
    database = f"{organisation.database}_{number}"
    bench.tool("createdb", "--template", organisation.database, database)
    environment = dict(organisation.environment, PGDATABASE=database)

    def sql(command):
        return bench.tool("psql", *QUIET, "-At", "--command", command, env=environment)

    sql("checkpoint")
    seconds, memory = measured(
        [
            bench.binary("kalenderkoppling"), "reconcile", "--apply", "--quiet", "--now", INSTANT,
        ],
        organisation.folder, environment,
    )
    absences = int(sql("select count(*) from switchboard.absences"))
    floor = 0
    for table in FLOORS:
        sql(f"create table public.floor as select * from {table} where false; checkpoint")
        start = time.monotonic()
        sql(f"insert into public.floor select * from {table}")
        floor += time.monotonic() - start
        sql("drop table public.floor")
    bench.tool("dropdb", database)
    return seconds, memory, absences, floor


def measured(command, folder, environment):
    """How many seconds a program ran, and what it held at most, in kB."""
    start = time.monotonic()
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL
    ) as process:
        peak = 0
        while process.poll() is None:
            peak = max(peak, high_water(process.pid))
            time.sleep(0.02)
    if process.returncode != 0:
        raise SystemExit(f"{os.path.basename(command[0])}: exit status {process.returncode}")
    return time.monotonic() - start, peak


def high_water(process):
    try:
        with open(f"/proc/{process}/status", encoding="ascii") as status:
            return max(
                (int(line.split()[1]) for line in status if line.startswith("VmHWM")), default=0
            )
    except FileNotFoundError:
        return 0
