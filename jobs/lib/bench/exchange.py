"""Changes carried out by the exchange `http`, one a request as systems take them that know no batches,
beside wrk with such requests to the same server: requests a second. Then as many a request as the
server takes at once."""

import json
import os
import pathlib
import re
import subprocess

from .caldav import booking as event
from .simulated import INSTANT

USERS = 4_000
CUSTOMER = """customer: bench
name: Bench
system: one-x
timezone: Europe/Stockholm
rules: {{ show_as: {{ busy: {{ reason: meeting, kind: open }} }} }}
calendars: [{{ name: office, kind: ics, folder: calendars }}]
exchange: {{ kind: http, url: "http://{address}", api_key_file: key }}
limits: {{ newly_direct_share: 1, newly_direct_count: 1000000 }}
"""
KEY = "key-of-bench"
WRK = pathlib.Path(__file__).with_name("batches.lua")


def run(bench):
    users = min(bench.users, USERS)
    office = Office(bench, users)
    for size, goals in ((1, {"must": 0.35, "moonshot": 0.7}), (100, {})):
        rates, floors = [], []
        for number in range(bench.rounds):
            with Exchange(bench, office.folder, size) as exchange:
                floors.append(exchange.rate_of_wrk(bench, size))
            with Exchange(bench, office.folder, size) as exchange:
                rates.append(office.rate(f"{size}_{number}", exchange, size))
        bench.report.add(
            f"http exchange, {size} a request: requests/s against wrk", rows=1,
            seconds=[1 / rate for rate in rates], floor="wrk, the same server",
            floor_seconds=[1 / rate for rate in floors], faster_is="higher", **goals,
        )


class Exchange:
    """The reference server, as long as it is used."""

    def __init__(self, bench, folder, size):
        capabilities = {"batch_size": size, "batches_at_once": 64 if size == 1 else 16}
        (folder / "key").write_text(KEY + "\n", encoding="utf-8")
        self.process = subprocess.Popen(
            [
                bench.binary("ReferenceExchange"), "--api-key-file", str(folder / "key"),
                "--at", INSTANT, "--capabilities", json.dumps(capabilities),
            ],
            stdout=subprocess.PIPE,
            text=True,
        )
        self.address = self.process.stdout.readline().split()[-1]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def rate_of_wrk(self, bench, size):
        answer = bench.tool(
            "wrk", "-t1", "-c64", "-d3s", "-s", str(WRK), f"http://{self.address}/v1/batches",
            env=dict(os.environ, KK_BATCH_SIZE=str(size), KK_API_KEY=KEY),
        )
        if "Non-2xx" in answer:
            raise SystemExit("exchange: the server refuses what wrk sends")
        return float(re.search(r"Requests/sec:\s+([0-9.]+)", answer).group(1))


class Office:
    """So many users with a booking each, taken in, and copies of their database."""

    def __init__(self, bench, users):
        self.bench, self.users = bench, users
        self.folder = pathlib.Path(bench.work) / "exchange"
        (self.folder / "calendars").mkdir(parents=True)
        (self.folder / "key").write_text(KEY + "\n", encoding="utf-8")
        bench.tool("createdb", "bench_exchange")
        bench.tool("jobs/deploy-schema", env=dict(os.environ, PGDATABASE="bench_exchange"))
        rows = ["key,name,extension,calendar,services\n"]
        for n in range(users):
            calendar = self.folder / "calendars" / f"u{n}.ics"
            calendar.write_text(event(n % 4_000), encoding="utf-8", newline="")
            rows.append(f"u{n},User {n},{10_000_000 + n},office:u{n}.ics,calendar diversion\n")
        (self.folder / "roster.csv").write_text("".join(rows), encoding="utf-8")
        self.apply("bench_exchange", "127.0.0.1:1")
        self.command("bench_exchange", "roster", "import", "roster.csv")
        self.command("bench_exchange", "load", "bookings", "--full")

    def apply(self, database, address):
        text = CUSTOMER.format(address=address)
        (self.folder / "customer.yaml").write_text(text, encoding="utf-8")
        self.command(database, "customer", "apply", "customer.yaml")

    def rate(self, name, exchange, size):
        """Requests a second, from the first outcome that was written down to the last."""
        database = f"bench_exchange_{name}"
        self.bench.tool("createdb", "--template", "bench_exchange", database)
        self.apply(database, exchange.address)
        self.command(database, "reconcile", "--apply")
        answer = self.bench.tool(
            "psql", "-XAtd", database, "-c",
            """select count(*) filter (where changes.ended_at > first.ended_at),
                extract(epoch from max(changes.ended_at) - first.ended_at)
                from audit.changes,
                    (select min(ended_at) as ended_at from audit.changes) as first
                where outcome = 'done' group by first.ended_at""",
        )
        later, seconds = answer.split("|")
        # What was written down first had come to its end before.
        return int(later) / size / float(seconds)

    def command(self, database, *arguments):
        self.bench.tool(
            self.bench.binary("kalenderkoppling"), *arguments, "--quiet", "--now", INSTANT,
            cwd=self.folder, env=dict(os.environ, PGDATABASE=database),
        )
