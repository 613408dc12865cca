"""What schemathesis is told beside the OpenAPI document, so that many of its batches have effects.

A batch gets a key of its own, for a server refuses a key that comes back with another batch. Made by
chance, its fence is a low one, for a server refuses an older run, and in every second one absences
are created and end after their start. What breaks the document is left as it is.
"""

import itertools
import re
from datetime import datetime

import schemathesis

numbers = itertools.count(1)
TIME = re.compile(r"[0-9-]{10}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})")


@schemathesis.hook
def before_call(context, case, kwargs):
    if case.operation.definition.raw.get("operationId") != "applyBatch":
        return
    key = case.headers.get("Idempotency-Key") if case.headers else None
    if key and re.fullmatch("[A-Za-z0-9_-]{1,50}", key):
        case.headers["Idempotency-Key"] = f"{key}-{next(numbers)}"


@schemathesis.hook
def map_body(context, body):
    if context.operation.definition.raw.get("operationId") != "applyBatch":
        return body
    if not isinstance(body, dict):
        return body
    fence = body.get("fence")
    if type(fence) in (int, float) and 17 < fence <= 2**53 - 1:
        body["fence"] = 17
    changes = body.get("changes")
    if next(numbers) % 2 and isinstance(changes, list):
        for change in changes:
            make_useful(change)
    return body


def make_useful(change):
    absence = change.get("absence") if isinstance(change, dict) else None
    if not isinstance(absence, dict) or change.get("action") not in ("create", "update"):
        return
    times = [absence.get("starts_at"), absence.get("ends_at"), absence.get("back_at")]
    if not all(is_instant(time) for time in times):
        return
    version = change.get("expected_version")
    if not (version is None or isinstance(version, str) and len(version) <= 200):
        return
    change["action"], change["expected_version"] = "create", None
    absence["starts_at"], absence["ends_at"] = "2026-11-23T08:00:00Z", "2026-11-23T11:00:00+01:00"
    absence["back_at"] = "2026-11-24T08:00:00.0Z"


def is_instant(value):
    if not isinstance(value, str) or not TIME.fullmatch(value):
        return False
    try:
        return datetime.fromisoformat(value) is not None
    except ValueError:
        return False
