"""What Python's readers take for the same: readers.py graph|icalendar FIRST_DAY DAYS FOLDER."""

import datetime
import json
import pathlib
import sys
import time


def graph(first_day, days, pages):
    import orjson

    begin = time.process_time()
    count = 0
    for page in pages:
        for event in orjson.loads(page)["value"]:
            get = event.get
            body, start, end = event["body"], event["start"], event["end"]
            fields = (
                event["id"], get("seriesMasterId"), get("@removed"), event["type"],
                event["@odata.etag"], event["lastModifiedDateTime"], start["dateTime"],
                start["timeZone"], end["dateTime"], end["timeZone"], event["isAllDay"],
                event["showAs"], event["sensitivity"], event["responseStatus"]["response"],
                event["isOrganizer"], event["isCancelled"], event["subject"],
                event["location"]["displayName"],
                body["content"] if body["contentType"] == "text" else event["bodyPreview"],
                get("singleValueExtendedProperties"),
            )
            count += fields[0] != ""
    return {"seconds": time.process_time() - begin, "bookings": count}


def icalendar(first_day, days, streams):
    import icalendar as reader
    import recurring_ical_events

    midnight = datetime.datetime.combine(
        datetime.date.fromisoformat(first_day), datetime.time(), datetime.timezone.utc
    )
    end = midnight + datetime.timedelta(days=int(days))
    begin = time.process_time()
    count = starts = 0
    for stream in streams:
        calendar = reader.Calendar.from_ical(stream)
        for event in recurring_ical_events.of(calendar).between(midnight, end):
            count += 1
            starts += int(event["DTSTART"].dt.timestamp())
    return {"seconds": time.process_time() - begin, "bookings": count, "starts": starts}


kind, first_day, days, folder = sys.argv[1:]
files = [path.read_bytes() for path in sorted(pathlib.Path(folder).iterdir())]
read = {"graph": graph, "icalendar": icalendar}[kind]
print(json.dumps(read(first_day, days, files)))
