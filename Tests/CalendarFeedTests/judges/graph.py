"""Reads the simulator's Microsoft Graph with msgraph-sdk 1.65.0, unmodified, and prints what it
read as JSON: events in the normalised form, members of a group, and how failures were told.

    graph.py http://127.0.0.1:PORT START END MAILBOXES
"""

import asyncio
import json
import sys
import urllib.parse
import urllib.request

from kiota_abstractions.authentication import AccessTokenProvider, AllowedHostsValidator
from kiota_abstractions.authentication import BaseBearerTokenAuthenticationProvider
from kiota_abstractions.base_request_configuration import RequestConfiguration
from kiota_serialization_json.json_parse_node_factory import JsonParseNodeFactory
from msgraph import GraphServiceClient
from msgraph.generated.groups.item.transitive_members.graph_user.graph_user_request_builder import (
    GraphUserRequestBuilder,
)
from msgraph.generated.models.event import Event
from msgraph.generated.models.event_type import EventType
from msgraph.generated.models.o_data_errors.o_data_error import ODataError
from msgraph.generated.models.user import User
from msgraph.generated.users.item.calendar_view.delta.delta_request_builder import (
    DeltaRequestBuilder,
)
from msgraph.generated.users.item.events.item.event_item_request_builder import (
    EventItemRequestBuilder,
)
from msgraph.graph_request_adapter import GraphRequestAdapter
from msgraph_core.requests.batch_request_builder import BatchRequestBuilder
from msgraph_core.requests.batch_request_content import BatchRequestContent
from msgraph_core.requests.batch_request_item import BatchRequestItem

ROOT, START, END, COUNT = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
DOMAIN = "exempel.example"
PROPERTY = "String {8f2b6f1e-5b0c-4a9d-9a51-0c6f4cf4a9aa} Name KalenderkopplingChoice"

SHOW_AS = {
    "free": "free", "workingElsewhere": "working_elsewhere", "tentative": "tentative",
    "busy": "busy", "oof": "out_of_office",
}
RESPONSES = {
    "organizer": "organizer", "accepted": "accepted", "tentativelyAccepted": "tentative",
    "declined": "declined", "notResponded": "not_responded",
}


class Tokens(AccessTokenProvider):
    """A token by client credentials, once."""

    def __init__(self):
        self.token = None

    async def get_authorization_token(self, uri, additional_authentication_context={}):
        if self.token is None:
            form = urllib.parse.urlencode({
                "client_id": "kalenderkoppling", "client_secret": "secret-of-tests",
                "grant_type": "client_credentials",
                "scope": "https://graph.microsoft.com/.default",
            }).encode()
            with urllib.request.urlopen(f"{ROOT}/{DOMAIN}/oauth2/v2.0/token", form) as answer:
                self.token = json.load(answer)["access_token"]
        return self.token

    def get_allowed_hosts_validator(self):
        return AllowedHostsValidator([])


def order(name, mailbox, times=1):
    """Switches a fault on."""
    body = {"fault": name, "protocol": "graph", "mailbox": mailbox, "times": times}
    request = urllib.request.Request(
        f"{ROOT}/simulator/faults", json.dumps(body).encode(), method="POST")
    urllib.request.urlopen(request).read()


def configuration(parameters=None, **headers):
    result = RequestConfiguration(query_parameters=parameters)
    for name, value in headers.items():
        result.headers.add(name.replace("_", "-"), value)
    return result


async def listed(client, mailbox, link=None):
    """All rows of a round, by pages of 20, and the link to the next one."""
    delta = client.users.by_user_id(mailbox).calendar_view.delta
    parameters = DeltaRequestBuilder.DeltaRequestBuilderGetQueryParameters(
        start_date_time=START, end_date_time=END)
    wish = configuration(parameters, Prefer="odata.maxpagesize=20")
    if link:
        page = await delta.with_url(link).get(configuration(Prefer="odata.maxpagesize=20"))
    else:
        page = await delta.get(wish)
    rows = list(page.value)
    while page.odata_next_link:
        page = await delta.with_url(page.odata_next_link).get(
            configuration(Prefer="odata.maxpagesize=20"))
        rows += page.value
    return rows, page.odata_delta_link


def batches(wanted):
    """Up to 20 events a batch, of a mailbox at most 4, which may be asked at once."""
    queues = {mailbox: list(rows) for mailbox, rows in wanted.items()}
    while queues:
        batch = []
        for mailbox, rows in queues.items():
            for _ in range(min(4, len(rows), 20 - len(batch))):
                batch.append((mailbox, rows.pop()))
        queues = {mailbox: rows for mailbox, rows in queues.items() if rows}
        if batch:
            yield batch


async def extended(adapter, client, wanted):
    """The choices of events, and how many parts of batches were told to wait."""
    choices, waits = {}, 0
    for batch in batches(wanted):
        left = {str(number): pair for number, pair in enumerate(batch)}
        while left:
            content = BatchRequestContent()
            for number, (mailbox, row) in left.items():
                parameters = EventItemRequestBuilder.EventItemRequestBuilderGetQueryParameters(
                    select=["id"],
                    expand=[f"singleValueExtendedProperties($filter=id eq '{PROPERTY}')"])
                event = client.users.by_user_id(mailbox).events.by_event_id(row.id)
                information = event.to_get_request_information(configuration(parameters))
                content.add_request(number, BatchRequestItem(information, id=number))
            # Its own reading of a batch's answer wants bodies in base64 (msgraph-core 1.5.2 with
            # kiota 1.16.0), which Graph writes only for what is no JSON: each is read by itself.
            request = await BatchRequestBuilder(adapter).to_post_request_information(content)
            answer = json.loads(await adapter.send_primitive_async(request, "bytes", {}))
            assert {part["id"] for part in answer["responses"]} == left.keys()
            for part in answer["responses"]:
                mailbox, row = left[part["id"]]
                if part["status"] == 429:
                    waits += 1
                    await asyncio.sleep(float(part["headers"]["Retry-After"]))
                    continue
                assert part["status"] == 200, part
                node = JsonParseNodeFactory().get_root_parse_node(
                    "application/json", json.dumps(part["body"]).encode())
                event = node.get_object_value(Event)
                assert event.id == row.id
                for one in event.single_value_extended_properties or []:
                    choices[mailbox, row.id] = one.value
                del left[part["id"]]
    return choices, waits


def instant(moment):
    return moment.date_time.split(".")[0] + "Z"


def normalised(mailbox, row, details, choice):
    response = details.response_status.response.value
    if response == "none":
        assert details.is_organizer
        response = "organizer"
    all_day = details.is_all_day
    assert row.start.time_zone == "UTC"
    return {
        "all_day": all_day,
        "cancelled": details.is_cancelled,
        "choice": choice,
        "end": row.end.date_time[:10] if all_day else instant(row.end),
        "location": (details.location.display_name if details.location else None) or None,
        "mailbox": mailbox,
        "response": RESPONSES[response],
        "sensitivity": details.sensitivity.value,
        "show_as": SHOW_AS[details.show_as.value],
        "start": row.start.date_time[:10] if all_day else instant(row.start),
        "subject": details.subject or None,
    }


async def members(client, group):
    """Mail addresses of the users among a group's members, who come with others, by pages."""
    builder = client.groups.by_group_id(group).transitive_members
    page = await builder.get()
    found = [one.mail for one in page.value if isinstance(one, User)]
    while page.odata_next_link:
        page = await builder.with_url(page.odata_next_link).get()
        found += [one.mail for one in page.value if isinstance(one, User)]
    return found


async def users(client, group):
    """The same by the cast to users, which needs a header and $count on each page."""
    builder = client.groups.by_group_id(group).transitive_members.graph_user
    parameters = GraphUserRequestBuilder.GraphUserRequestBuilderGetQueryParameters(
        count=True, top=19, select=["id", "mail", "businessPhones"])
    page = await builder.get(configuration(parameters, ConsistencyLevel="eventual"))
    count, found = page.odata_count, page.value
    while page.odata_next_link:
        page = await builder.with_url(page.odata_next_link).get(
            configuration(ConsistencyLevel="eventual"))
        found += page.value
    assert count == len(found)
    return [one.mail for one in found]


async def error(coroutine):
    try:
        await coroutine
    except ODataError as failure:
        return [failure.response_status_code, failure.error.code]
    return None


async def main():
    adapter = GraphRequestAdapter(BaseBearerTokenAuthenticationProvider(Tokens()))
    adapter.base_url = f"{ROOT}/v1.0"
    client = GraphServiceClient(request_adapter=adapter)
    mailboxes = [f"user{number + 1}@{DOMAIN}" for number in range(COUNT)]

    events, wanted, rounds, links = [], {}, {}, {}
    # The first is told to wait, which the SDK does by itself.
    order("throttled", mailboxes[0])
    for mailbox in mailboxes:
        rows, links[mailbox] = await listed(client, mailbox)
        assert not [row for row in rows if "@removed" in row.additional_data]
        rounds[mailbox] = rows
        wanted[mailbox] = [
            row for row in rows if row.type in (EventType.SingleInstance, EventType.Exception)]
    order("throttled", mailboxes[1], times=2)
    choices, waits = await extended(adapter, client, wanted)
    for mailbox, rows in rounds.items():
        masters = {row.id: row for row in rows if row.type == EventType.SeriesMaster}
        for row in rows:
            if row.type == EventType.SeriesMaster:
                continue
            details = row
            if row.type == EventType.Occurrence:
                assert row.subject is None and row.show_as is None
                details = masters[row.series_master_id]
            events.append(normalised(mailbox, row, details, choices.get((mailbox, row.id))))
    events.sort(key=lambda one: (one["mailbox"], one["start"], one["subject"] or ""))

    order("gone", mailboxes[0])
    delta = client.users.by_user_id(mailboxes[0]).calendar_view.delta
    missing = client.groups.by_group_id("missing").transitive_members
    unknown = client.users.by_user_id(f"nobody@{DOMAIN}").calendar_view
    print(json.dumps({
        "events": events,
        "members": await members(client, "everyone"),
        "users": await users(client, "first-half"),
        "waits": waits,
        "gone": await error(delta.with_url(links[mailboxes[0]]).get()),
        "missing": await error(missing.get()),
        "unknown": await error(unknown.delta.get(configuration(
            DeltaRequestBuilder.DeltaRequestBuilderGetQueryParameters(
                start_date_time=START, end_date_time=END)))),
        "unchanged": len((await listed(client, mailboxes[-1], links[mailboxes[-1]]))[0]),
    }))


asyncio.run(main())
