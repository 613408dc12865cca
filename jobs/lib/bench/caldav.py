"""Ten thousand bookings in one calendar of a CalDAV server, Radicale, with its cache warm: a first
load beside one REPORT by curl, and a load of what did not change beside vdirsyncer."""

import contextlib
import datetime
import os
import pathlib
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

from .running import watched

BOOKINGS = 10_000
INSTANT = "2026-11-26T07:00:00Z"

REPORT = """<?xml version="1.0" encoding="utf-8"?>
<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:prop><D:getetag/>
<C:calendar-data/></D:prop><C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT"/>
</C:comp-filter></C:filter></C:calendar-query>"""

VDIRSYNCER = """[general]
status_path = "{folder}/status"
[pair bench]
a = "server"
b = "files"
collections = ["cal"]
[storage server]
type = "caldav"
url = "{url}anna/"
username = "anna"
password = "secret"
[storage files]
type = "filesystem"
path = "{folder}/files"
fileext = ".ics"
"""


def run(bench):
    work = pathlib.Path(bench.work) / "caldav"
    work.mkdir()
    with radicale(work) as url:
        customer = Customer(bench, work, url)
        # The server makes its cache, and at the first sync token a history of all objects.
        curl(bench, url)
        customer.load(customer.copy("warm"))
        first, unchanged, floors, theirs, memory = [], [], [], [], 0
        for number in range(bench.rounds):
            floors.append(curl(bench, url))
            database = customer.copy(number)
            seconds, kilobytes = customer.load(database)
            first.append(seconds)
            memory = max(memory, kilobytes)
            theirs.append(vdirsyncer(bench, work / str(number), url))
            unchanged.append(customer.load(database)[0])
            if customer.count(database) != BOOKINGS:
                raise SystemExit(f"caldav: {customer.count(database)} bookings were stored")
    bench.report.add(
        "CalDAV, first load", rows=BOOKINGS, seconds=first, floor="curl, one REPORT",
        floor_seconds=floors, memory_kb=memory, must=2, moonshot=1.3,
    )
    bench.report.add(
        "CalDAV, nothing changed", rows=BOOKINGS, seconds=unchanged, floor="vdirsyncer sync",
        floor_seconds=theirs, must=3, moonshot=4, faster_is="higher",
    )


@contextlib.contextmanager
def radicale(work):
    """The server with Anna's calendar; its address."""
    store = work / "store"
    calendar = store / "collection-root" / "anna" / "cal"
    calendar.mkdir(parents=True)
    (calendar / ".Radicale.props").write_text('{"tag": "VCALENDAR"}', encoding="utf-8")
    for number in range(BOOKINGS):
        (calendar / f"{number}.ics").write_text(booking(number), encoding="utf-8", newline="")
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    process = subprocess.Popen(
        [
            sys.executable, "-m", "radicale", "--config=", f"--server-hosts=127.0.0.1:{port}",
            "--auth-type=none", f"--storage-filesystem-folder={store}", "--logging-level=error",
            "--server-timeout=120",
        ]
    )
    try:
        url = f"http://127.0.0.1:{port}/"
        await_answer(url)
        yield url
    finally:
        process.terminate()
        process.wait()


def await_answer(url):
    for _ in range(200):
        try:
            urllib.request.urlopen(url).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"caldav: no server at {url}")


def booking(number):
    start = datetime.datetime(2026, 11, 20, 7) + datetime.timedelta(minutes=number % 20 * 1440)
    start += datetime.timedelta(minutes=number // 20)
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//bench//EN", "BEGIN:VEVENT",
        f"UID:{number}-8d3cc9a0@exempel.example", "DTSTAMP:20261101T070000Z",
        f"DTSTART:{start:%Y%m%dT%H%M%SZ}",
        f"DTEND:{start + datetime.timedelta(minutes=30):%Y%m%dT%H%M%SZ}",
        f"SUMMARY:Avstämning {number}", "LOCATION:Rum Ångermanälven", "STATUS:CONFIRMED",
        "TRANSP:OPAQUE", "SEQUENCE:1", "CLASS:PUBLIC",
        "DESCRIPTION:Dagordning:\\n1. Läget\\n2. Beslut\\n3. Nästa möte och vem som kallar",
        "ORGANIZER;CN=Anna:mailto:anna@exempel.example",
        "ATTENDEE;CN=Anna;PARTSTAT=ACCEPTED:mailto:anna@exempel.example",
        "END:VEVENT", "END:VCALENDAR", "",
    ]
    return "\r\n".join(lines)


def curl(bench, url):
    """Seconds of one REPORT with all data."""
    answer = os.path.join(bench.work, "report.xml")
    out = bench.tool(
        "curl", "--silent", "--user", "anna:secret", "--request", "REPORT", "--header", "Depth: 1",
        "--header", "Content-Type: application/xml", "--data-binary", REPORT,
        "--output", answer, "--write-out", "%{http_code} %{time_total}", f"{url}anna/cal/",
    )
    code, seconds = out.split()
    if code != "207":
        raise SystemExit(f"caldav: curl was answered with {code}")
    return float(seconds)


def vdirsyncer(bench, folder, url):
    """Seconds of a sync that finds nothing to do."""
    (folder / "files" / "cal").mkdir(parents=True)
    settings = folder / "vdirsyncer.conf"
    settings.write_text(VDIRSYNCER.format(folder=folder, url=url), encoding="utf-8")
    tool = [sys.executable, "-m", "vdirsyncer", "--config", str(settings)]
    bench.tool(*tool, "discover", "--list", stderr=subprocess.DEVNULL)
    bench.tool(*tool, "sync", stderr=subprocess.DEVNULL)
    begin = time.monotonic()
    bench.tool(*tool, "sync", stderr=subprocess.DEVNULL)
    return time.monotonic() - begin


class Customer:
    """Anna, in a database that is copied for each round."""

    def __init__(self, bench, work, url):
        self.bench, self.folder = bench, work
        bench.tool("createdb", "bench_caldav")
        bench.tool("jobs/deploy-schema", env=dict(os.environ, PGDATABASE="bench_caldav"))
        (work / "password").write_text("secret\n", encoding="utf-8")
        (work / "customer.yaml").write_text(
            "customer: bench\nname: Bench\nsystem: one-x\ntimezone: Europe/Stockholm\n"
            "rules: { show_as: { busy: { reason: meeting, kind: open } } }\n"
            f'calendars: [{{ name: dav, kind: caldav, url: "{url}", user: anna, '
            "password_file: password }]\n",
            encoding="utf-8",
        )
        (work / "roster.csv").write_text(
            "key,name,extension,calendar,services\nanna,Anna,1001,dav:anna,calendar diversion\n",
            encoding="utf-8",
        )
        self.command("bench_caldav", "customer", "apply", "customer.yaml")
        self.command("bench_caldav", "roster", "import", "roster.csv")

    def copy(self, number):
        self.bench.tool("createdb", "--template", "bench_caldav", f"bench_caldav_{number}")
        return f"bench_caldav_{number}"

    def load(self, database):
        """Seconds of the whole command, and its memory in KiB."""
        return self.command(database, "load", "bookings")

    def command(self, database, *arguments):
        return watched(
            [self.bench.binary("kalenderkoppling"), *arguments, "--quiet", "--now", INSTANT],
            cwd=self.folder,
            env=dict(os.environ, PGDATABASE=database),
            stdout=subprocess.DEVNULL,
        )

    def count(self, database):
        question = "select count(*) from calendar.bookings"
        return int(self.bench.tool("psql", "-XAtd", database, "-c", question))
