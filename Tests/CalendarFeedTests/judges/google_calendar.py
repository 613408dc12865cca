"""Reads calendars by Google's own client and prints them in the form that tests compare.

    google_calendar.py full URL START END STATE MAILBOX...      reads them, keeps items and tokens in STATE
    google_calendar.py changes URL START END STATE MAILBOX...   brings STATE up to date by sync tokens
    google_calendar.py error URL START END STATE MAILBOX        prints status and reason of a refusal

URL is that of the simulator, START and END are as 2026-11-23T00:00:00Z, STATE is a file.
Needs google-api-python-client==2.202.0.
"""

import json
import sys
import urllib.request
from datetime import datetime, timezone

from google.oauth2 import service_account
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError

SCOPE = "https://www.googleapis.com/auth/calendar.events.readonly"
CHOICE = "kalenderkoppling"


def service(url, mailbox):
    with urllib.request.urlopen(f"{url}/simulator/google-key") as answer:
        info = json.load(answer)
    credentials = service_account.Credentials.from_service_account_info(
        info, scopes=[SCOPE], subject=mailbox
    )
    return build(
        "calendar",
        "v3",
        credentials=credentials,
        client_options={"api_endpoint": f"{url}/calendar/v3/"},
        static_discovery=True,
        cache_discovery=False,
    )


def pages(events, **parameters):
    """Every item, and the sync token of the last page."""
    request = events.list(singleEvents=True, maxResults=10, **parameters)
    items, token = [], None
    while request is not None:
        answer = request.execute(num_retries=3)
        items += answer["items"]
        token = answer.get("nextSyncToken")
        request = events.list_next(request, answer)
    return items, token


def utc(moment):
    return datetime.fromisoformat(moment.replace("Z", "+00:00")).astimezone(timezone.utc)


def text(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def show_as(item):
    kind = item.get("eventType", "default")
    if kind == "outOfOffice":
        return "out_of_office"
    if kind == "workingLocation":
        place = item["workingLocationProperties"]["type"]
        return "free" if place == "officeLocation" else "working_elsewhere"
    if item.get("transparency") == "transparent":
        return "free"
    return "tentative" if item["status"] == "tentative" else "busy"


def response(item):
    attendees = item.get("attendees", [])
    own = [attendee["responseStatus"] for attendee in attendees if attendee.get("self")]
    if item["organizer"].get("self") or not attendees:
        return "organizer"
    return "not_responded" if own == ["needsAction"] else own[0]


def normalised(item, mailbox):
    all_day = "date" in item["start"]
    times = (
        (item["start"]["date"], item["end"]["date"])
        if all_day
        else (text(utc(item["start"]["dateTime"])), text(utc(item["end"]["dateTime"])))
    )
    properties = item.get("extendedProperties", {}).get("private", {})
    visibility = item.get("visibility", "default")
    return {
        "all_day": all_day,
        "cancelled": False,
        "choice": properties.get(CHOICE),
        "end": times[1],
        "location": item.get("location"),
        "mailbox": mailbox,
        "response": response(item),
        "sensitivity": "normal" if visibility in ("default", "public") else visibility,
        "show_as": show_as(item),
        "start": times[0],
        "subject": item.get("summary"),
    }


def overlaps(event, start, end):
    if event["all_day"]:
        # The calendars are all of one zone, an hour ahead of UTC.
        first = utc(f"{event['start']}T00:00:00+01:00")
        last = utc(f"{event['end']}T00:00:00+01:00")
    else:
        first, last = utc(event["start"]), utc(event["end"])
    return first < utc(end) and (last > utc(start) or first == last >= utc(start))


def main(mode, url, start, end, state_file, *mailboxes):
    state = {}
    if mode != "full":
        with open(state_file, encoding="utf-8") as file:
            state = json.load(file)
    events = []
    for mailbox in mailboxes:
        calendar = service(url, mailbox).events()
        kept = state.setdefault(mailbox, {"items": {}, "token": None})
        try:
            if mode == "full":
                items, token = pages(calendar, calendarId=mailbox, timeMin=start, timeMax=end)
            else:
                items, token = pages(calendar, calendarId="primary", syncToken=kept["token"])
        except HttpError as error:
            if mode != "error":
                raise
            details = [detail["reason"] for detail in error.error_details]
            print(json.dumps({"status": error.resp.status, "reasons": details}))
            return
        for item in items:
            if item["status"] == "cancelled":
                kept["items"].pop(item["id"], None)
            else:
                kept["items"][item["id"]] = item
        kept["token"] = token
        found = [normalised(item, mailbox) for item in kept["items"].values()]
        events += [event for event in found if overlaps(event, start, end)]
    with open(state_file, "w", encoding="utf-8") as file:
        json.dump(state, file)
    events.sort(key=lambda event: (event["mailbox"], event["start"], event["subject"] or ""))
    print(json.dumps(events, sort_keys=True, ensure_ascii=False))


if __name__ == "__main__":
    main(*sys.argv[1:])
