"""How fast what calendar systems answer becomes bookings: Microsoft Graph's JSON beside orjson,
iCalendar beside icalendar with recurring-ical-events. Seconds of one processor, no network."""

import json
import pathlib
import random
import sys

HERE = pathlib.Path(__file__).parent
FIRST_DAY, DAYS = "2026-11-18", 30
EVENTS, EVENTS_ON_PAGE = 40_000, 200
CALENDARS, SERIES_IN_CALENDAR = 200, 20


def run(bench):
    work = pathlib.Path(bench.work)
    subjects = write_pages(work / "graph")
    write_calendars(work / "icalendar")

    def measured(kind):
        of_what = (kind, FIRST_DAY, str(DAYS), str(work / kind))
        ours = json.loads(bench.tool(bench.binary("ReadingBench"), *of_what))
        theirs = json.loads(bench.tool(sys.executable, str(HERE / "readers.py"), *of_what))
        for what in theirs:
            if what != "seconds" and theirs[what] != ours[what]:
                raise SystemExit(f"{kind}: {ours[what]} {what}, and {theirs[what]} by Python")
        return ours, theirs

    rounds = [measured("graph") for _ in range(bench.rounds)]
    if any(ours["subjects"] != subjects for ours, _ in rounds):
        raise SystemExit("graph: the subjects are not those that were written")
    add(bench, "Graph JSON to COPY rows", rounds, "orjson, the same fields", 2, 4)
    rounds = [measured("icalendar") for _ in range(bench.rounds)]
    add(bench, "iCalendar to bookings of 30 days", rounds, "recurring-ical-events", 25, 50)


def add(bench, name, rounds, floor, must, moonshot):
    bench.report.add(
        name,
        rows=rounds[0][0]["bookings"],
        seconds=[ours["seconds"] for ours, _ in rounds],
        floor=floor,
        floor_seconds=[theirs["seconds"] for _, theirs in rounds],
        must=must,
        moonshot=moonshot,
        faster_is="higher",
    )


def write_pages(folder):
    """Pages of calendarView/delta, as Graph writes them; returns the bytes of all subjects."""
    numbers = random.Random(7)
    subjects = 0
    folder.mkdir()
    for page in range(EVENTS // EVENTS_ON_PAGE):
        events = [event(numbers) for _ in range(EVENTS_ON_PAGE)]
        subjects += sum(len(event["subject"].encode()) for event in events)
        content = {
            "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#Collection(event)",
            "value": events,
            "@odata.deltaLink": f"https://graph.microsoft.com/v1.0/delta?$deltatoken={page}",
        }
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        (folder / f"{page:04}.json").write_text(text, encoding="utf-8")
    return subjects


def event(numbers):
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    name = "AAMkAGI2" + "".join(numbers.choices(letters, k=112)) + "="
    start = numbers.randrange(1, DAYS - 1) * 48 + numbers.randrange(14, 34)
    start, end = (moment(half) for half in (start, start + numbers.choice((1, 2, 2, 3))))
    topic = numbers.choice(("Budgetmöte", "Plan \"Öst\"", "Avstämning", "Kundbesök Sundsvall"))
    return {
        "@odata.etag": f'W/"{"".join(numbers.choices(letters, k=32))}"',
        "id": name,
        "createdDateTime": "2026-10-02T08:11:42.1234567Z",
        "lastModifiedDateTime": f"2026-11-0{numbers.randrange(1, 10)}T08:11:42.1234567Z",
        "subject": f"{topic} {numbers.randrange(1000)}",
        "bodyPreview": "Dagordning:\r\n1. Läget\r\n2. Beslut",
        "sensitivity": numbers.choice(("normal",) * 9 + ("private",)),
        "isAllDay": False,
        "isCancelled": False,
        "isOrganizer": numbers.random() < 0.5,
        "responseStatus": {
            "response": numbers.choice(("organizer", "accepted", "tentativelyAccepted")),
            "time": "0001-01-01T00:00:00Z",
        },
        "showAs": numbers.choice(("busy", "busy", "busy", "tentative", "oof", "free")),
        "type": "singleInstance",
        "body": {"contentType": "text", "content": "Dagordning:\r\n1. Läget\r\n2. Beslut\r\n"},
        "start": {"dateTime": start, "timeZone": "UTC"},
        "end": {"dateTime": end, "timeZone": "UTC"},
        "location": {"displayName": "Rum Ångermanälven", "locationType": "default"},
    }


def moment(half_hours):
    day, half = divmod(half_hours, 48)
    month, day = (11, 18 + day) if day < 13 else (12, day - 12)
    return f"2026-{month}-{day:02}T{half // 2:02}:{half % 2 * 30:02}:00.0000000"


def write_calendars(folder):
    """Calendars of weekly meetings: a quarter with an exception, a fifth on two weekdays."""
    numbers = random.Random(7)
    folder.mkdir()
    for calendar in range(CALENDARS):
        events = [series(numbers, calendar, n) for n in range(SERIES_IN_CALENDAR)]
        (folder / f"{calendar:04}.ics").write_bytes(
            ("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//bench//EN\n" + ZONE + "".join(events)
             + "END:VCALENDAR\n").replace("\n", "\r\n").encode()
        )


def series(numbers, calendar, number):
    weekday, hour = numbers.randrange(5), numbers.randrange(7, 17)
    day = 5 + weekday  # 2026-01-05 was a Monday.
    days = "MO TU WE TH FR".split()
    second = numbers.randrange(5)
    by = days[weekday]
    if numbers.random() < 0.2 and second != weekday:
        by += "," + days[second]
    time = f"{hour:02}{numbers.choice(('00', '30'))}00"
    excluded = ""
    if numbers.random() < 0.25:
        excluded = f"EXDATE;TZID=Europe/Stockholm:202611{23 + weekday}T{time}\n"
    return (
        f"BEGIN:VEVENT\nUID:{calendar}-{number}@exempel.example\nDTSTAMP:20260101T000000Z\n"
        f"DTSTART;TZID=Europe/Stockholm:202601{day:02}T{time}\n"
        f"DTEND;TZID=Europe/Stockholm:202601{day:02}T{hour + 1:02}{time[2:]}\n"
        f"RRULE:FREQ=WEEKLY;BYDAY={by}\n{excluded}"
        f"SUMMARY:Avstämning {number}\\, grupp {calendar}\nLOCATION:Rum Ångermanälven\n"
        "STATUS:CONFIRMED\nTRANSP:OPAQUE\nSEQUENCE:1\nEND:VEVENT\n"
    )


ZONE = """BEGIN:VTIMEZONE
TZID:Europe/Stockholm
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""
