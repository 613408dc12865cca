"""Part `customers`: eight customers, reconciled by one worker and by two that share them out.

Nothing has changed: each pass reads the differences of everybody and finds none. Workers are
processes, as jobs/nightly starts them.
"""

import os
import pathlib
import subprocess
import time

from . import organisation

CUSTOMERS = 8


def run(bench):
    folder = pathlib.Path(bench.work) / "customers"
    folder.mkdir()
    environment = dict(os.environ, PGDATABASE="customers")
    bench.tool("createdb", "customers")
    bench.tool("jobs/deploy-schema", env=environment)
    users = max(1, bench.users // CUSTOMERS)
    for number in range(1, CUSTOMERS + 1):
        found(bench, folder, environment, f"bench{number}", users)
    here = pathlib.Path(__file__).parent
    psql = ("psql", *organisation.QUIET)
    bench.tool(*psql, "--file", str(here / "organisation.sql"), env=environment)
    for number in range(1, CUSTOMERS + 1):
        load = LOAD.format(key=f"bench{number}", bookings=bench.bookings)
        bench.tool(*psql, "--single-transaction", "--command", load, env=environment)
    bench.tool(*psql, "--command", "vacuum analyze", env=environment)
    reconcile(bench, environment, 1, "first")
    alone, together = [], []
    for number in range(bench.rounds):
        alone.append(reconcile(bench, environment, 1, f"alone {number}"))
        together.append(reconcile(bench, environment, 2, f"together {number}"))
    bench.report.add(
        f"{CUSTOMERS} customers, two workers",
        rows=users * CUSTOMERS,
        seconds=together,
        floor="one worker",
        floor_seconds=alone,
        faster_is="higher",
    )


LOAD = """
create temporary table whose as
select customer_id from customer.customers where customer_key = '{key}';
insert into staging.bookings select * from bench.bookings('{key}', {bookings}, 0, 1, 0);
insert into staging.coverage select * from bench.coverage('{key}', 0, 1);
insert into staging.cursors select * from bench.cursors('{key}', 0, 1, 0);
select take_in.added_count
from whose
cross join lateral intake.take_in(
    customer_id,
    1,
    (select count(*) from staging.bookings) + (select count(*) from staging.coverage),
    bench.instant()
) as take_in;
"""


def found(bench, folder, environment, key, users):
    """A customer with its users, by the product's own commands."""
    customer = organisation.CUSTOMER.format(
        system="one-x",
        rules=organisation.SHOW_AS,
        calendars="{ name: office, kind: ics, folder: calendars }",
        exchange="{ kind: table }",
    )
    customer = customer.replace("customer: bench\n", f"customer: {key}\n")
    (folder / "customer.yaml").write_text(customer, encoding="utf-8")
    with open(folder / "roster.csv", "w", encoding="utf-8") as roster:
        roster.write("key,name,extension,calendar,services\n")
        for n in range(1, users + 1):
            roster.write(f"u{n},User {n},{10_000_000 + n},office:u{n},calendar diversion\n")
    for arguments in (
        ("customer", "apply", "customer.yaml"),
        ("roster", "import", "roster.csv", "--customer", key),
    ):
        bench.tool(
            bench.binary("kalenderkoppling"), *arguments, "--quiet",
            "--now", organisation.SET_UP, cwd=folder, env=environment,
        )


def reconcile(bench, environment, workers, shift):
    """How long so many workers take together, in seconds."""
    environment = dict(environment, KALENDERKOPPLING_SHIFT=f"bench {shift}")
    command = [
        bench.binary("kalenderkoppling"), "reconcile", "--apply", "--quiet",
        "--now", organisation.INSTANT,
    ]
    begun = time.monotonic()
    processes = [subprocess.Popen(command, env=environment) for _ in range(workers)]
    endings = [process.wait() for process in processes]
    if any(endings):
        raise SystemExit(f"bench: {' '.join(command)} ended with {endings}")
    return time.monotonic() - begun
