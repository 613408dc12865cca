"""A night over HTTP where nothing changed: every mailbox of the calendar simulator is read whole by
Microsoft Graph, taken in, and nothing is found to do. The simulator shares the cores; it makes its
answers once, before what is measured, as a server far away would cost us nothing.

R is the client's COPY of as many bookings, as text, into an unlogged table without index."""

import time

from .simulated import Customer, Simulator

# What the simulator holds in memory, some 15 kB each.
MOST_USERS = 100_000


def run(bench):
    users = min(bench.users, MOST_USERS)
    with Simulator(bench, users, bench.bookings, keep=True) as simulator:
        customer = Customer(bench, simulator, "graph", users, "http")
        customer.command("load", "bookings", "--full")
        customer.command("reconcile", "--apply")
        rows = int(customer.ask("select count(*) from calendar.bookings"))
        text = customer.folder / "bookings.txt"
        customer.ask(f"\\copy calendar.bookings to '{text}'")
        seconds, loads, floors, memory = [], [], [], 0
        for _ in range(bench.rounds):
            floors.append(plain_copy(customer, text))
            load, kilobytes = customer.command("load", "bookings", "--full")
            reconcile, more = customer.command("reconcile", "--apply")
            loads.append(load)
            seconds.append(load + reconcile)
            memory = max(memory, kilobytes, more)
    bench.report.add(
        f"night over HTTP, {users} mailboxes unchanged", rows=rows, seconds=seconds,
        floor="R", floor_seconds=floors, memory_kb=memory, must=4, moonshot=3,
    )
    bench.report.add(
        "of it: load", rows=rows, seconds=loads, floor="R", floor_seconds=floors,
    )


def plain_copy(customer, text):
    customer.ask(
        "drop table if exists plain;"
        "create unlogged table plain as select * from calendar.bookings with no data"
    )
    begin = time.monotonic()
    customer.ask(f"\\copy plain from '{text}'")
    return time.monotonic() - begin
