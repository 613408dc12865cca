#!/usr/bin/env python3
"""Expands an iCalendar file with recurring-ical-events, for comparison.

    expand.py FILE START END

START and END are UTC, as 20260101T000000Z. Prints one occurrence a line:
UID, start and end, the times in UTC and whole days as dates.
Needs icalendar==7.3.0 and recurring-ical-events==3.8.2.
"""

import sys
from datetime import datetime, timezone
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events


def instant(text):
    return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=timezone.utc)


def written(time):
    if not isinstance(time, datetime):
        return time.isoformat()
    return time.astimezone(timezone.utc).strftime("%Y%m%dT%H%M%SZ")


def main():
    path, start, end = sys.argv[1:]
    icalendar.use_zoneinfo()
    with open(path, "rb") as file:
        calendar = icalendar.Calendar.from_ical(file.read())
    # The library takes the bounds of whole days in their own zone: Stockholm's here.
    zone = ZoneInfo("Europe/Stockholm")
    bounds = [instant(text).astimezone(zone) for text in (start, end)]
    for event in recurring_ical_events.of(calendar).between(*bounds):
        print(event["UID"], written(event["DTSTART"].dt), written(event["DTEND"].dt))


main()
