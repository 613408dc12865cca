"""How calendars are read from each calendar system that the simulator plays: whole, where nothing
changed, and where one booking in a hundred did, each beside wrk (one thread, 16 connections) with the
same requests to the same simulator. Rows are requests, told beside the least that would do."""

import os
import pathlib
import re
import shutil

from .simulated import Customer, Simulator

USERS, BOOKINGS = 2_000, 40

# Requests to calendars that so many mailboxes need at the very least: the list of what changed; in
# EWS, which has no list with content, state, ids and then ten bookings a request.
LEAST = {
    ("graph", "whole"): lambda n, b: -(-n // 20),
    ("graph", "changes"): lambda n, b: -(-n // 20),
    ("ews", "whole"): lambda n, b: n * (2 + -(-b // 10)),
    ("ews", "changes"): lambda n, b: n,
    ("google", "whole"): lambda n, b: n,
    ("google", "changes"): lambda n, b: n,
}
WRK = pathlib.Path(__file__).with_name("replay.lua")


def run(bench):
    users = min(bench.users, USERS)
    for kind in SETTINGS:
        with Simulator(bench, users, BOOKINGS) as simulator:
            customer = Customer(bench, simulator, kind, users, "sources")
            rows = {}
            for _ in range(bench.rounds):
                for name, full, percent in ROUNDS:
                    if percent:
                        simulator.control("POST", "changes", {"percent": percent})
                    row = measured(bench, simulator, customer, full)
                    rows.setdefault(name, []).append(row)
        for name, full, _ in ROUNDS:
            seconds, floors, requests, memory, breaches = zip(*rows[name])
            least = LEAST[kind, "whole" if full else "changes"](users, BOOKINGS)
            if any(breaches):
                raise SystemExit(f"sources: limits of {kind} were exceeded {sum(breaches)} times")
            bench.report.add(
                f"{kind}, {name}: requests, {least} at the least", rows=max(requests),
                seconds=seconds, floor="wrk, the same", floor_seconds=floors,
                memory_kb=max(memory),
            )


SETTINGS = ("graph", "ews", "google")
ROUNDS = (("all", True, 0), ("unchanged", False, 0), ("1 % changed", False, 1))


def measured(bench, simulator, customer, full):
    """Seconds of a load, those of wrk, requests, memory, and breaches of the system's limits."""
    simulator.counts()
    simulator.record.write_bytes(b"")
    seconds, memory = customer.command("load", "bookings", *(["--full"] if full else []))
    numbers = simulator.counts()
    requests = sum(n for name, n in numbers["requests"].items() if name != "graph_parts")
    requests -= numbers["requests"]["token"]
    once = simulator.record.with_suffix(".once")
    shutil.copy(simulator.record, once)
    simulator.control("POST", "limits", {"enforced": False})
    answer = bench.tool(
        "wrk", "-t1", "-c16", "-d5s", "--timeout", "10s", "-s", str(WRK), simulator.url,
        env=dict(os.environ, KK_REPLAY=str(once)),
    )
    simulator.control("POST", "limits", {"enforced": True})
    rate = float(re.search(r"Requests/sec:\s+([0-9.]+)", answer).group(1))
    return seconds, requests / rate, requests, memory, sum(numbers["breaches"].values())
