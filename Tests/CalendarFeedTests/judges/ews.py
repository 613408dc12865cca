"""Reads mailboxes by Exchange Web Services with exchangelib, unmodified, and prints what it read.

Usage: ews.py ENDPOINT START END AUTH MAILBOX…

START and END are instants such as 2026-11-16T00:00:00Z; AUTH is basic or ntlm. What is read is
printed as a JSON array of normalised events, sorted by mailbox, start and subject. Each mailbox
is listed by a CalendarView and by SyncFolderItems, with the state that it gives; the script fails
where the two do not belong together. TLS is verified by the file named in REQUESTS_CA_BUNDLE.
"""

import datetime
import json
import sys

from exchangelib import (
    BASIC,
    IMPERSONATION,
    NTLM,
    UTC,
    Account,
    CalendarItem,
    Configuration,
    Credentials,
    ExtendedProperty,
    FaultTolerance,
)
from exchangelib.errors import ErrorInvalidSyncStateData
from exchangelib.ewsdatetime import EWSDateTime
from exchangelib.version import EXCHANGE_2019, Version


class Choice(ExtendedProperty):
    distinguished_property_set_id = "PublicStrings"
    property_name = "KalenderkopplingChoice"
    property_type = "String"


RESPONSES = {
    "Unknown": "organizer",
    "Organizer": "organizer",
    "Accept": "accepted",
    "Tentative": "tentative",
    "Decline": "declined",
    "NoResponseReceived": "not_responded",
}
SHOW_AS = {
    "Free": "free",
    "WorkingElsewhere": "working_elsewhere",
    "Tentative": "tentative",
    "Busy": "busy",
    "OOF": "out_of_office",
    "NoData": "busy",
}
FIELDS = (
    "subject", "location", "start", "end", "is_all_day", "legacy_free_busy_status",
    "sensitivity", "my_response_type", "is_cancelled", "type", "uid", "recurrence_id", "choice",
)


def instant(text):
    return EWSDateTime.from_string(text)


def when(value, is_end):
    """Dates come with the last day as the end; instants go out in UTC."""
    if isinstance(value, datetime.datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return (value + datetime.timedelta(days=1 if is_end else 0)).isoformat()


def normalised(item, mailbox):
    return {
        "all_day": item.is_all_day,
        "cancelled": bool(item.is_cancelled),
        "choice": item.choice,
        "end": when(item.end, is_end=True),
        "location": item.location,
        "mailbox": mailbox,
        "response": RESPONSES[item.my_response_type],
        "sensitivity": item.sensitivity.lower(),
        "show_as": SHOW_AS[item.legacy_free_busy_status],
        "start": when(item.start, is_end=False),
        "subject": item.subject,
    }


def check_synchronisation(account, viewed):
    """All that the view shows belongs to what synchronisation lists, and nothing comes twice."""
    calendar = account.calendar
    listed = list(calendar.sync_items(only_fields=["uid", "type"], max_changes_returned=100))
    state = calendar.item_sync_state
    assert state, "no state"
    assert all(kind == "create" for kind, _ in listed), "a first listing is of creations"
    kinds = {item.type for _, item in listed}
    assert kinds <= {"Single", "RecurringMaster"}, kinds
    uids = {item.uid for _, item in listed}
    assert {item.uid for item in viewed} <= uids, "the view shows what is not listed"
    singles = {item.id for _, item in listed if item.type == "Single"}
    assert {item.id for item in viewed if item.type == "Single"} <= singles, "other ids"
    again = list(calendar.sync_items(sync_state=state, only_fields=["uid"]))
    assert not again, "changes where nothing changed"
    try:
        list(calendar.sync_items(sync_state="bm8gc3RhdGUgb2Ygb3Vycw==", only_fields=["uid"]))
        raise AssertionError("a foreign state was taken")
    except ErrorInvalidSyncStateData:
        pass


def main(endpoint, start, end, auth, mailboxes):
    CalendarItem.register("choice", Choice)
    configuration = Configuration(
        service_endpoint=endpoint,
        credentials=Credentials("EXEMPEL\\service", "secret-of-tests"),
        auth_type={"basic": BASIC, "ntlm": NTLM}[auth],
        version=Version(build=EXCHANGE_2019),
        retry_policy=FaultTolerance(max_wait=30),
    )
    events = []
    for mailbox in mailboxes:
        account = Account(
            mailbox,
            config=configuration,
            autodiscover=False,
            access_type=IMPERSONATION,
            default_timezone=UTC,
        )
        view = account.calendar.view(start=instant(start), end=instant(end))
        items = list(view.only(*FIELDS))
        check_synchronisation(account, items)
        events += [
            normalised(item, mailbox)
            for item in items
            # Exchange lists what ends where the view begins.
            if item.is_all_day or item.end > instant(start) or item.start == item.end
        ]
    events.sort(key=lambda event: (event["mailbox"], event["start"], event["subject"] or ""))
    json.dump(events, sys.stdout, ensure_ascii=False, sort_keys=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4], sys.argv[5:])
