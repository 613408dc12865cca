"""A customer whose mailboxes the calendar simulator serves, in a database of its own."""

import json
import os
import pathlib
import subprocess
import urllib.request

from .running import watched

AROUND, INSTANT = "2026-11-26", "2026-11-26T07:00:00Z"

SETTINGS = {
    "graph": """{{ name: cal, kind: graph, tenant: exempel.example, client: kalenderkoppling,
      secret_file: secret, url: "{url}/v1.0", login_url: "{url}" }}""",
    "ews": """{{ name: cal, kind: ews, url: "{url}/EWS/Exchange.asmx", auth: basic,
      user: service@exempel.example, password_file: secret }}""",
    "google": """{{ name: cal, kind: google, key_file: google-key.json,
      url: "{url}/calendar/v3" }}""",
}

CUSTOMER = """customer: bench
name: Bench
system: one-x
timezone: Europe/Stockholm
rules: {{ show_as: {{ busy: {{ reason: meeting, kind: open }} }} }}
calendars: [{calendar}]
exchange: {{ kind: table }}
limits: {{ newly_direct_share: 1, newly_direct_count: 1000000 }}
"""


class Simulator:
    """The program, as long as it is used; what it is asked is written to `record`. With `keep` it
    makes each answer once instead, and costs what is measured beside it as little as it can."""

    def __init__(self, bench, mailboxes, bookings, keep=False):
        self.record = pathlib.Path(bench.work) / "requests"
        self.process = subprocess.Popen(
            [
                bench.binary("CalendarSimulator"), "--mailboxes", str(mailboxes), "--bookings",
                str(bookings), "--around", AROUND, "--latency", "0",
                *(["--keep"] if keep else ["--record", str(self.record)]),
            ],
            stdout=subprocess.PIPE,
            text=True,
        )
        self.url = "http://" + self.process.stdout.readline().split()[-1]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def control(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}/simulator/{path}", data, method=method)
        with urllib.request.urlopen(request) as answer:
            return answer.read()

    def counts(self):
        """What it was asked since the last time."""
        numbers = json.loads(self.control("GET", "counts"))
        self.control("DELETE", "counts")
        return numbers


class Customer:
    """`kind` is a calendar system that the simulator plays; `part`, whose customer this is."""

    def __init__(self, bench, simulator, kind, users, part):
        self.bench, self.database = bench, f"{part}_{kind}"
        self.folder = pathlib.Path(bench.work) / self.database
        self.folder.mkdir()
        self.environment = dict(os.environ, PGDATABASE=self.database)
        bench.tool("createdb", self.database)
        bench.tool("jobs/deploy-schema", env=self.environment)
        self.write("secret", "secret-of-tests\n")
        if kind == "google":
            self.write("google-key.json", simulator.control("GET", "google-key").decode())
        calendar = SETTINGS[kind].format(url=simulator.url)
        self.write("customer.yaml", CUSTOMER.format(calendar=calendar))
        self.write(
            "roster.csv",
            "key,name,extension,calendar,services\n"
            + "".join(
                f"u{n},User {n},{10_000_000 + n},cal:user{n}@exempel.example,calendar diversion\n"
                for n in range(1, users + 1)
            ),
        )
        self.command("customer", "apply", "customer.yaml")
        self.command("roster", "import", "roster.csv")

    def write(self, name, text):
        (self.folder / name).write_text(text, encoding="utf-8")

    def command(self, *arguments):
        """Seconds, and the most memory in kB."""
        return watched(
            [self.bench.binary("kalenderkoppling"), *arguments, "--quiet", "--now", INSTANT],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.DEVNULL,
        )

    def ask(self, query):
        return self.bench.tool("psql", "-XAtd", self.database, "-c", query).strip()
