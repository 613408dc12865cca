"""What the bench ends with: that what was fast is right.

What stands on the telephone side for a sample of the organisation's users is held against an
implementation of its own, `Tests/RuleCasesTests/oracle`, which knows nothing of the views; and the
rule cases run.
"""

import datetime
import json
import os
import pathlib
import sys

SAMPLE = 200
BOOKINGS = """select json_agg(json_build_object(
    'id', bookings.user_id || '/' || booking_key, 'user', users.user_key,
    'start', coalesce(start_date::text, to_char(starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SSOF')),
    'end', coalesce(end_date::text, to_char(ends_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SSOF')),
    'all_day', start_date is not null, 'show_as', coalesce(show_as, 'busy'),
    'sensitivity', sensitivity, 'response', response, 'cancelled', is_cancelled, 'subject', ''))
from calendar.bookings
inner join roster.users using (customer_id, user_id)
where user_id = any('{users}')"""
PLACED = """select json_agg(json_build_array(
    user_key, extract(epoch from starts_at)::bigint, extract(epoch from ends_at)::bigint, reason, kind))
from telephony.placed
inner join roster.users using (customer_id, user_id)
where user_id = any('{users}') and ends_at > '{instant}'"""


def run(bench):
    print("\noutcome", flush=True)
    for organisation in bench.carried_out:
        judge(organisation)
    cases(bench)


def judge(organisation):
    """Ends the bench where a user of the sample has other absences than the oracle computes."""
    sys.path.insert(0, "Tests/RuleCasesTests/oracle")
    import clock
    import oracle

    users = organisation.ask(f"""select array_agg(user_id) from (
        select user_id from roster.users order by hashint8(user_id) limit {SAMPLE}
    ) as drawn""")
    bookings = json.loads(organisation.ask(BOOKINGS.format(users=users)))
    case = {
        "system": "one-x", "now": datetime.datetime.fromisoformat(organisation.instant.replace("Z", "+00:00")),
        "rules": {"show_as": {
            "busy": {"reason": "meeting", "kind": "open"},
            "out_of_office": {"reason": "away", "kind": "direct"},
        }},
        "users": [
            {"id": key, "timezone": "Europe/Stockholm", "services": ["calendar", "diversion"]}
            for key in sorted({booking["user"] for booking in bookings})
        ],
        "bookings": bookings,
    }
    wanted = {
        (each["user"], clock.instant(each["start"], "UTC"), clock.instant(each["end"], "UTC"),
         each["reason"], each["kind"])
        for each in oracle.compute(case)["expect"]
    }
    placed = {
        tuple(row)
        for row in json.loads(organisation.ask(PLACED.format(users=users, instant=organisation.instant)))
    }
    if wanted != placed:
        raise SystemExit(
            f"bench: {len(wanted ^ placed)} absences of {SAMPLE} users are not those that the oracle"
            f" computes, such as {sorted(wanted ^ placed)[:3]}"
        )
    print(f"{len(placed)} absences of {len(case['users'])} users are those that the oracle computes")


def cases(bench):
    shared = pathlib.Path(os.environ.get("KK_SHARED", "../shared"))
    environment = dict(os.environ, PGDATABASE="cases")
    bench.tool("createdb", "cases")
    bench.tool("jobs/deploy-schema", env=environment)
    files = ["jobs/example/cases.yaml"] + [str(f) for f in [shared / "cases"] if f.is_dir()]
    told = bench.tool(
        bench.binary("kalenderkoppling"), "rules", "test", *files, env=environment
    )
    print(f"rule cases: {told.splitlines()[-1]}", flush=True)
