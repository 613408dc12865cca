"""What jobs/bench-nine measures. Needs nothing but Python and the programs beside it."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request

BIN, WORK, USERS, DIALLED = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])

CUSTOMER = """customer: nine
name: Nine
system: one-x
timezone: Europe/Stockholm
rules: {{ show_as: {{ busy: {{ reason: meeting, kind: direct }} }} }}
calendars: [{{ name: office, kind: ics, folder: calendars{count} }}]
exchange: {exchange}
{limits}
"""
# Who lets everybody's phone be closed at one instant, ahead, says so.
NO_LIMITS = "limits: { newly_direct_share: 1, newly_direct_count: 1000000 }"

BOOKING = "\r\n".join(
    [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//bench//EN", "BEGIN:VEVENT", "UID:{n}@bench",
        "DTSTAMP:20261122T070000Z", "DTSTART:20261125T080000Z", "DTEND:20261125T090000Z",
        "SUMMARY:Planning", "TRANSP:OPAQUE", "END:VEVENT", "END:VCALENDAR", "",
    ]
)

# 09:00 in Stockholm is 08:00 UTC.
SET_UP, DAY_BEFORE = "2026-11-23T07:00:00Z", "2026-11-24T07:00:00Z"
BEFORE_NINE, NINE = "2026-11-25T07:59:00Z", "2026-11-25T08:00:00Z"


def tool(*arguments, **options):
    return subprocess.run(
        arguments, check=True, capture_output=True, text=True, **options
    ).stdout.strip()


class Nine:
    """A database in which so many users' meetings are taken in, and copies of it."""

    def __init__(self, count):
        self.count = count
        self.folder = os.path.join(WORK, str(count))
        self.database = f"nine_{count}"
        os.makedirs(self.folder)
        tool("createdb", self.database)
        tool("jobs/deploy-schema", env=dict(os.environ, PGDATABASE=self.database))
        rows = []
        for n in range(count):
            path = os.path.join(self.folder, f"calendars{count}", f"u{n}")
            os.makedirs(path)
            with open(os.path.join(path, "nine.ics"), "w", encoding="utf-8", newline="") as file:
                file.write(BOOKING.format(n=n))
            rows.append(f"u{n},User {n},{100000 + n},office:u{n},calendar diversion\n")
        with open(os.path.join(self.folder, "roster.csv"), "w", encoding="utf-8") as file:
            file.write("key,name,extension,calendar,services\n" + "".join(rows))
        self.apply("{ kind: table }")
        self.run("roster", "import", "roster.csv", now=SET_UP)
        self.load_seconds = self.run("load", "bookings", "--full", now=DAY_BEFORE)

    def copy(self, name):
        copy = object.__new__(Nine)
        copy.count, copy.folder, copy.database = self.count, self.folder, f"nine_{name}"
        tool("createdb", "--template", self.database, copy.database)
        return copy

    def apply(self, exchange, limits=""):
        with open(os.path.join(self.folder, "customer.yaml"), "w", encoding="utf-8") as file:
            file.write(CUSTOMER.format(exchange=exchange, limits=limits, count=self.count))
        self.run("customer", "apply", "customer.yaml", now=SET_UP)

    def run(self, *arguments, now):
        """Seconds."""
        begin = time.monotonic()
        ending = subprocess.run(
            [os.path.join(BIN, "kalenderkoppling"), *arguments, "--quiet", "--now", now],
            cwd=self.folder,
            env=dict(os.environ, PGDATABASE=self.database),
            capture_output=True,
            text=True,
        )
        if ending.returncode:
            sys.exit(f"{arguments} ended with {ending.returncode}: {ending.stdout}{ending.stderr}")
        return time.monotonic() - begin

    def ask(self, query):
        return tool("psql", "-XAtd", self.database, "-c", query)

    def days(self):
        """The day before, and the minute before nine: seconds of both passes."""
        return (
            self.run("reconcile", "--apply", now=DAY_BEFORE),
            self.run("reconcile", "--apply", "--touched", now=BEFORE_NINE),
        )

    def nine(self):
        """Seconds from 09:00:00 to the outcome of the last change, and those of the pass."""
        seconds = self.run("reconcile", "--apply", "--touched", now=NINE)
        last, done = self.ask(
            f"""select extract(epoch from max(ended_at) - '{NINE}'),
                count(*) filter (where outcome = 'done') from audit.changes"""
        ).split("|")
        if int(done) != self.count:
            sys.exit(f"{done} of {self.count} were set")
        return float(last), seconds


class Server:
    """A program that runs as long as it is used."""

    def __init__(self, *arguments):
        self.process = subprocess.Popen(
            [os.path.join(BIN, arguments[0]), *arguments[1:]], stdout=subprocess.PIPE, text=True
        )
        self.address = self.process.stdout.readline().split()[-1]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def ask(self, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(f"http://{self.address}/reference/{path}", data) as answer:
            return answer.read()

    def standing(self):
        """How many absences of ours begin at nine."""
        entries = json.loads(self.ask("truth"))["absences"]
        return sum(e["origin"] == "calendar" and e["starts_at"] == NINE for e in entries)


def reference(capabilities):
    key = os.path.join(WORK, "key")
    with open(key, "w", encoding="utf-8") as file:
        file.write("key-of-bench\n")
    return Server(
        "ReferenceExchange", "--api-key-file", key, "--at", DAY_BEFORE,
        "--capabilities", json.dumps(capabilities),
    )


def at(server):
    return f'{{ kind: http, url: "http://{server.address}", api_key_file: {WORK}/key }}'


def row(name, day_before, by_nine, last="", least="", seconds="", note=""):
    last, least, seconds = (
        f"{value:.1f}" if isinstance(value, float) else value for value in (last, least, seconds)
    )
    print(
        f"{name:24} {day_before:10.1f} {by_nine:>9} {last:>10} {least:>8} {seconds:>8}  {note}",
        flush=True,
    )


def ahead(nine):
    """Systems that take an absence before it starts."""
    table = nine.copy("table")
    table.apply("{ kind: table }", NO_LIMITS)
    seconds, _ = table.days()
    standing = table.ask(
        f"""select count(*) from switchboard.absences
            where origin = 'calendar' and starts_at = '{NINE}'"""
    )
    row("table", seconds, int(standing))
    with reference({}) as server:
        http = nine.copy("http")
        http.apply(at(server), NO_LIMITS)
        seconds, _ = http.days()
        row("http", seconds, server.standing())


def now_only(nine, rate):
    """The reference server, where it knows no other time than now."""
    capabilities = {"has_future_start": False}
    if rate:
        capabilities["changes_per_second"] = rate
    with reference(capabilities) as server:
        copy = nine.copy(f"now_{rate}")
        copy.apply(at(server))
        seconds, _ = copy.days()
        by_nine = server.standing()
        server.ask("clock", {"at": NINE})
        last, whole = copy.nine()
        if server.standing() != copy.count:
            sys.exit(f"{server.standing()} of {copy.count} stand there")
        breaches = json.loads(server.ask("counts"))["breaches"]
        row(
            f"http now, {rate}/s" if rate else "http now, no limit", seconds, by_nine, last,
            copy.count / rate if rate else "", whole,
            f"{breaches} too fast" if breaches else "",
        )


def free_port():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def dialled(nine, rates):
    """MX-ONE's procedures, dialled to jobs/pbx."""
    port = free_port()
    speaker = subprocess.Popen(
        [os.path.join(BIN, "AnnouncementServer"), "--port", str(port)], stdout=subprocess.DEVNULL
    )
    pbx = os.path.join(WORK, "pbx")
    try:
        for rate in rates:
            copy = nine.copy(f"mxone_{rate}")
            copy.ask(
                f"""insert into switchboard.settings (customer_key, sip_domain, announcement)
                    values ('nine', 'pbx.bench', '127.0.0.1:{port}');
                    insert into switchboard.extensions
                        (customer_key, extension, display_name, time_zone, is_attendant)
                    select 'nine', extension, user_key, 'Europe/Stockholm', false
                    from roster.users
                    union all select 'nine', '99', 'Desk', 'Europe/Stockholm', true"""
            )
            address = tool(
                "jobs/pbx/start", pbx, "nine", "--until", str(os.getpid()),
                env=dict(os.environ, PGDATABASE=copy.database),
            )
            try:
                copy.apply(
                    f'{{ kind: mxone, proxy: "sip:{address};transport=udp", domain: pbx.bench, '
                    f'extension: "99", default_reason: meeting, dials_per_second: {rate} }}'
                )
                seconds, _ = copy.days()
                standing = "select count(*) from switchboard.absences where set_by = '99'"
                by_nine = copy.ask(standing)
                last, whole = copy.nine()
                if int(copy.ask(standing)) != copy.count:
                    sys.exit(f"{copy.ask(standing)} of {copy.count} stand there")
                row(
                    f"mxone, {rate} dials/s", seconds, int(by_nine), last, copy.count / rate,
                    whole, f"{copy.count} users",
                )
            finally:
                subprocess.run(["jobs/pbx/stop", pbx], check=True)
    finally:
        speaker.terminate()
        speaker.wait()


def main():
    nine = Nine(USERS)
    build = os.path.basename(BIN)
    print(
        f"{USERS} meetings at 09:00, {build} build, {os.cpu_count()} cores; "
        f"calendars read and taken in in {nine.load_seconds:.1f} s\n"
    )
    print(
        f"{'system':24} {'day before':>10} {'by 08:59':>9} {'after nine':>10} {'least':>8} "
        f"{'pass':>8}"
    )
    ahead(nine)
    for rate in (100, 500, 2000, None):
        now_only(nine, rate)
    if DIALLED:
        dialled(Nine(DIALLED) if DIALLED != USERS else nine, (20, 100))
    print(
        "\nday before: seconds of the pass that plans it, or finds that it is not time yet"
        "\nafter nine: seconds from 09:00:00 to the last one set; least: meetings / rate"
        "\npass: seconds of the whole pass at 09:00:00"
    )


main()
