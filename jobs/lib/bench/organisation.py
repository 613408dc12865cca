"""An organisation by a fixed seed, in a database of its own, and what its calendars bring.

The database has the schema as deployed, one customer `bench` and its users, both taken in by the
product's own commands. What a load brings is written as files of binary COPY, as the product's
load stages it; organisation.sql tells what is in them.
"""

import copy
import datetime
import os
import pathlib

# Settings are applied before; what was fetched is taken in and carried out at this instant.
SET_UP, INSTANT = "2026-11-20T07:00:00Z", "2026-11-26T07:00:00Z"
# Bookings that a load takes in at once.
BATCH_BOOKINGS = 50_000
STAGES = ("bookings", "coverage", "cursors")

CUSTOMER = """customer: bench
name: Bench
system: {system}
timezone: Europe/Stockholm
{rules}
calendars: [{calendars}]
exchange: {exchange}
limits: {{ newly_direct_share: 1, newly_direct_count: 1000000 }}
"""
SHOW_AS = """rules:
  show_as:
    busy: { reason: meeting, kind: open }
    out_of_office: { reason: away, kind: direct }"""


class Organisation:
    """`system` is `one-x`, by show-as, or `trio`, by codes: a tenth of the subjects have one."""

    def __init__(
        self, bench, database, users, bookings, system="one-x",
        calendars="{ name: office, kind: ics, folder: calendars }", exchange="{ kind: table }",
    ):
        self.bench, self.database = bench, database
        self.users, self.bookings = users, bookings
        self.instant = INSTANT
        self.folder = pathlib.Path(bench.work) / database
        self.folder.mkdir()
        self.environment = dict(os.environ, PGDATABASE=database)
        self.batches = max(1, -(-users * bookings // BATCH_BOOKINGS))
        bench.tool("createdb", database)
        bench.tool("jobs/deploy-schema", env=self.environment)
        (self.folder / "customer.yaml").write_text(
            CUSTOMER.format(
                system=system, rules=SHOW_AS if system == "one-x" else "",
                calendars=calendars, exchange=exchange,
            ),
            encoding="utf-8",
        )
        with open(self.folder / "roster.csv", "w", encoding="utf-8") as roster:
            roster.write("key,name,extension,calendar,services\n")
            for n in range(1, users + 1):
                roster.write(f"u{n},User {n},{10_000_000 + n},office:u{n},calendar diversion\n")
        self.run("customer", "apply", "customer.yaml", now=SET_UP)
        self.run("roster", "import", "roster.csv", now=SET_UP)
        here = pathlib.Path(__file__).parent
        bench.tool("psql", *QUIET, "--file", str(here / "organisation.sql"), env=self.environment)

    def copy(self, database):
        """The same organisation in a copy of its database."""
        self.bench.tool("createdb", "--template", self.database, database)
        same = copy.copy(self)
        same.database = database
        same.environment = dict(self.environment, PGDATABASE=database)
        return same

    def later(self):
        """Goes on by a second: what changes twice does so at two instants."""
        instant = datetime.datetime.fromisoformat(self.instant.replace("Z", "+00:00"))
        instant += datetime.timedelta(seconds=1)
        self.instant = instant.strftime("%Y-%m-%dT%H:%M:%SZ")

    def run(self, *arguments, now=INSTANT):
        """One of the product's commands, in the customer's folder."""
        return self.bench.tool(
            self.bench.binary("kalenderkoppling"), *arguments, "--quiet", "--now", now,
            cwd=self.folder, env=self.environment,
        )

    def ask(self, query):
        """What the database answers, as psql writes it without headings."""
        return self.bench.tool("psql", *QUIET, "-At", "--command", query, env=self.environment)

    def write(self, revision=0):
        """The files of a whole load: one per batch and staging table."""
        folder = self.folder / f"revision-{revision}"
        folder.mkdir()
        return [self._batch(folder, number, revision) for number in range(self.batches)]

    def write_text(self, revision=0):
        """The bookings of a whole load in one file of text, as plain COPY reads them."""
        path = self.folder / f"revision-{revision}.txt"
        bookings = self._select("bookings", 0, revision, batches=1)
        self._copy(f"copy ({bookings}) to stdout", path)
        return path

    def _batch(self, folder, number, revision):
        users = self.ask(f"select count(*) from bench.calendars('bench', {number}, {self.batches})")
        # Bookings and what was covered: the rows that a load says it sent.
        files = {"row_count": int(users) * (self.bookings + 1)}
        for stage in STAGES:
            files[stage] = folder / f"{stage}-{number:04}.bin"
            select = self._select(stage, number, revision, self.batches)
            self._copy(f"copy ({select}) to stdout with (format binary)", files[stage])
        return files

    def _select(self, stage, number, revision, batches):
        whose = f"'bench', {number}, {batches}"
        arguments = {
            "bookings": f"'bench', {self.bookings}, {number}, {batches}, {revision}",
            "coverage": whose,
            "cursors": f"{whose}, {revision}",
        }
        return f"select * from bench.{stage}({arguments[stage]})"

    def _copy(self, command, path):
        self.bench.tool(
            "psql", *QUIET, "--output", str(path), "--command", command, env=self.environment
        )


QUIET = ("--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1")
