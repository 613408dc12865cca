"""From a change in a calendar to the telephone: the minutely job, begun the moment the calendar
changed, until the switchboard's table has what the next call is answered by."""

import os
import subprocess
import time

from .simulated import INSTANT, Customer, Simulator

# Mailboxes that are asked what changed, each minute.
USERS = 2_000
STANDING = """select md5(string_agg(absence::text, ' ' order by starts_at))
    from switchboard.absences as absence where extension = '{}'"""


def run(bench):
    users = min(bench.users, USERS)
    with Simulator(bench, users, bench.bookings) as simulator:
        customer = Customer(bench, simulator, "graph", users, "latency")
        customer.command("load", "bookings", "--full")
        customer.command("reconcile", "--apply")
        minutely(bench, customer).wait()
        seconds, whole = [], []
        for number in range(bench.rounds):
            arrived, ended = one_change(bench, simulator, customer, number + 1)
            seconds.append(arrived)
            whole.append(ended)
    bench.report.add(
        f"change in a calendar to the next call, {users} mailboxes", rows=1, seconds=seconds,
        must=1, moonshot=0.3,
    )
    bench.report.add("the minutely job, one mailbox changed", rows=users, seconds=whole)


def one_change(bench, simulator, customer, number):
    """Seconds until the telephone has it, and until the job has ended."""
    question = STANDING.format(10_000_000 + number)
    before = customer.ask(question)
    # So many that one of them at least asks for an absence.
    change = {"mailbox": f"user{number}@exempel.example", "action": "create", "count": 20}
    simulator.control("POST", "changes", change)
    begin = time.monotonic()
    process = minutely(bench, customer)
    arrived = None
    with subprocess.Popen(
        ["psql", "-XAtqd", customer.database], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        text=True,
    ) as asking:
        while process.poll() is None and arrived is None:
            asking.stdin.write(question + ";\n")
            asking.stdin.flush()
            if asking.stdout.readline().strip() != before:
                arrived = time.monotonic() - begin
            time.sleep(0.002)
        asking.stdin.close()
    if process.wait():
        raise SystemExit(f"latency: the minutely job ended with {process.returncode}")
    if arrived is None:
        raise SystemExit("latency: the change did not arrive")
    return arrived, time.monotonic() - begin


def minutely(bench, customer):
    programs = os.path.dirname(os.path.abspath(bench.binary("kalenderkoppling")))
    path = f"{programs}:{os.environ['PATH']}"
    return subprocess.Popen(
        [os.path.abspath("jobs/minutely"), "--quiet", "--now", INSTANT],
        cwd=customer.folder,
        env=dict(customer.environment, PATH=path, KALENDERKOPPLING_ENV="/dev/null"),
        stdout=subprocess.DEVNULL,
    )
