"""Runs parts of the bench and prints what they measured. Called by jobs/bench."""

import argparse
import importlib
import os
import pathlib
import subprocess
import sys
import time

from .report import Report

PARTS = (
    "loading", "passes", "carrying", "growth", "customers", "reading", "caldav", "http",
    "exchange", "latency", "sources",
)


class Bench:
    """What the parts have in common: programs, a folder for scratch, sizes and the report."""

    def __init__(self, programs, work, arguments):
        self.programs, self.work = pathlib.Path(programs), pathlib.Path(work)
        self.users, self.bookings = arguments.users, arguments.bookings
        self.rounds = arguments.rounds
        self.report = Report()
        # Organisations whose absences were placed: what stands there is judged at the end.
        self.carried_out = []

    def binary(self, name):
        """The path of a program of this project."""
        return str(self.programs / name)

    def tool(self, *command, **options):
        """Runs a program, and returns what it prints; the bench ends where it fails."""
        ended = subprocess.run(
            [str(word) for word in command], stdout=subprocess.PIPE, text=True, **options
        )
        if ended.returncode:
            raise SystemExit(f"bench: {' '.join(map(str, command))} ended with {ended.returncode}")
        return ended.stdout.strip()


def main():
    parser = argparse.ArgumentParser(prog="jobs/bench")
    parser.add_argument("programs")
    parser.add_argument("work")
    parser.add_argument("parts", nargs="*", metavar="PART")
    parser.add_argument("--users", type=int, default=100_000)
    parser.add_argument("--bookings", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=pathlib.Path)
    parser.add_argument("--compare", type=pathlib.Path)
    arguments = parser.parse_args()
    unknown = [part for part in arguments.parts if part not in PARTS]
    if unknown:
        parser.error(f"no part is named {unknown[0]}; there are {', '.join(PARTS)}")
    before = Report.read(arguments.compare) if arguments.compare else None

    bench = Bench(arguments.programs, arguments.work, arguments)
    for part in arguments.parts or PARTS:
        begun = time.monotonic()
        bench.report.begin(part)
        importlib.import_module(f".{part}", __package__).run(bench)
        bench.report.print_part()
        print(f"{part} took {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)
    if arguments.json:
        bench.report.write(
            arguments.json, users=bench.users, bookings=bench.bookings, cores=os.cpu_count()
        )
    importlib.import_module(".outcome", __package__).run(bench)
    if before and not bench.report.compare(before):
        sys.exit(1)


main()
