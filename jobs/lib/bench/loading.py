"""Part `loading`: what calendars brought is staged and taken in, over two connections.

The product's own statements, from files: batches of binary COPY and intake.take_in, each batch a
transaction. First everything is new, then nothing is, then a per cent of it. The last lines are
of the program itself, reading files of iCalendar: what it holds in memory, at N and 4 N users.
"""

import re
import subprocess
import time

from .organisation import INSTANT, QUIET, STAGES, Organisation
from .running import watched

CONNECTIONS = 2
R = "R: COPY as text, no index"
EMPTY = (
    "truncate calendar.bookings, calendar.booking_versions, calendar.taken_in, calendar.touched, "
    "calendar.cursors, calendar.resources, calendar.quarantine;",
    "vacuum staging.bookings, staging.coverage, staging.cursors, roster.calendars;",
    "checkpoint;",
)
# As the program sets its sessions.
SESSION = "set random_page_cost = 1.1; set work_mem = '64MB'; set jit = off;\n"
# What any taking in has to do at the least: one join of what came with what is known.
FULL_JOIN = """select count(*) from plain full join calendar.bookings
    using (customer_id, user_id, calendar_id, resource_key, booking_key)
    where plain.starts_at is distinct from bookings.starts_at and plain.start_date is null"""


def run(bench):
    organisation = Organisation(bench, "loading", bench.users, bench.bookings)
    load = Load(organisation)
    rounds = [load.round() for _ in range(bench.rounds)]
    rows = bench.users * bench.bookings

    def add(name, step, floor, floor_step, rows=rows, **goals):
        bench.report.add(
            name, rows=rows, seconds=[r[step] for r in rounds], floor=floor,
            floor_seconds=[r[floor_step] for r in rounds], **goals,
        )

    add("R: COPY as text, no index", "R", R, "R")
    add("stage: binary COPY", "stage", R, "R", must=0.6)
    add("take in, nothing changed", "unchanged", R, "R", must=1.0, moonshot=0.7)
    add("take in, nothing changed", "unchanged", "one FULL JOIN", "join")
    add("stage and take in, nothing changed", "unchanged, staged", R, "R")
    add("take in, 1 % changed", "changed", R, "R")
    add("take in, 1 % changed", "changed", "one FULL JOIN", "join")
    add("take in, all new", "first", R, "R")
    add("take in, all new", "first", "INSERT … SELECT, primary key", "insert")
    memory(bench)


class Load:
    def __init__(self, organisation):
        self.organisation = organisation
        self.revisions = [organisation.write(0), organisation.write(1)]
        self.text = organisation.write_text()
        organisation.ask("create unlogged table plain (like staging.bookings)")

    def round(self):
        ask, seconds = self.organisation.ask, {}
        ask("truncate plain; checkpoint")
        seconds["R"] = self.psql([f"\\copy plain from '{self.text}'"])
        ask("truncate plain; checkpoint")
        seconds["stage"] = self.staged()
        ask("analyze plain")
        ask(
            """drop table if exists inserted;
            create table inserted (like plain);
            alter table inserted add primary key
                (customer_id, user_id, calendar_id, resource_key, booking_key)"""
        )
        seconds["insert"] = self.psql(["insert into inserted select * from plain;"])
        ask("drop table inserted")
        self.psql(EMPTY)
        seconds["first"], _ = self.taken_in(0)
        ask("analyze calendar.bookings, calendar.cursors; checkpoint")
        seconds["join"] = self.psql(["set work_mem = '1GB';", FULL_JOIN + ";"])
        seconds["unchanged"], seconds["unchanged, staged"] = self.taken_in(0)
        ask("checkpoint")
        seconds["changed"], _ = self.taken_in(1)
        return seconds

    def staged(self):
        begin = time.monotonic()
        self.beside(
            [
                f"\\copy plain from '{files['bookings']}' with (format binary)"
                for files in self.revisions[0][number::CONNECTIONS]
            ]
            for number in range(CONNECTIONS)
        )
        return time.monotonic() - begin

    def taken_in(self, revision):
        """Seconds of taking in, of the connection that took longer, and of all."""
        self.organisation.later()
        begin = time.monotonic()
        outputs = self.beside(
            [
                line
                for files in self.revisions[revision][number::CONNECTIONS]
                for line in self.batch(files)
            ]
            for number in range(CONNECTIONS)
        )
        whole = time.monotonic() - begin
        milliseconds = [re.findall(r"^Time: ([0-9.]+) ms", output, re.M) for output in outputs]
        return max(sum(map(float, each)) for each in milliseconds) / 1000, whole

    def batch(self, files):
        """psql's words for a batch; they print how long taking in took."""
        yield "begin;"
        for stage in STAGES:
            yield f"\\copy staging.{stage} from '{files[stage]}' with (format binary)"
        yield "\\timing on"
        yield f"select * from intake.take_in(1, 1, {files['row_count']}, '{self.organisation.instant}');"
        yield "\\timing off"
        yield "commit;"

    def beside(self, scripts):
        """What each prints, run at once."""
        started = [self.start(script) for script in scripts]
        outputs = [process.communicate()[0] for process in started]
        if any(process.returncode for process in started):
            raise SystemExit("psql failed; see above")
        return outputs

    def psql(self, script):
        begin = time.monotonic()
        self.beside([script])
        return time.monotonic() - begin

    def start(self, script):
        process = subprocess.Popen(
            ["psql", *QUIET, "-At"], env=self.organisation.environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )
        process.stdin.write(SESSION + "".join(line + "\n" for line in script))
        process.stdin.close()
        process.stdin = None
        return process


EVENT = """BEGIN:VEVENT\r
UID:{user}-{number}@bench\r
DTSTAMP:20261120T070000Z\r
DTSTART:202612{day:02}T{hour:02}0000Z\r
DTEND:202612{day:02}T{hour:02}4500Z\r
SUMMARY:Genomgång av offert {number}\r
LOCATION:Rum {number}\r
END:VEVENT\r
"""


def memory(bench):
    """What a whole load by the program holds at most, at N and at 4 N calendars."""
    users = min(bench.users, 8000)
    peaks = [peak(bench, users // 4, users // 4), peak(bench, users, users)]
    for count, (seconds, kilobytes) in zip((users // 4, users), peaks):
        bench.report.add(
            f"load bookings --full, {count} files of iCalendar", rows=count * bench.bookings,
            seconds=[seconds], memory_kb=kilobytes,
        )


def peak(bench, users, number):
    organisation = Organisation(bench, f"memory_{number}", users, bench.bookings)
    for user in range(1, users + 1):
        folder = organisation.folder / "calendars" / f"u{user}"
        folder.mkdir(parents=True)
        events = "".join(
            EVENT.format(user=user, number=n, day=1 + n % 20, hour=7 + n // 20 % 10)
            for n in range(bench.bookings)
        )
        (folder / "all.ics").write_text(
            f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//bench//EN\r\n{events}END:VCALENDAR\r\n",
            encoding="utf-8", newline="",
        )
    return watched(
        [bench.binary("kalenderkoppling"), "load", "bookings", "--full", "--quiet", "--now", INSTANT],
        cwd=organisation.folder, env=organisation.environment,
    )
