"""What one booking wants, or why it wants nothing: P-1, in the order of the `because` values."""
from collections import namedtuple

import clock
import grammar
from templates import SKIP

Claim = namedtuple("Claim", "id reason kind origin show_as text start end all_day")

PRIVATE = ("private", "confidential")


def own_rules(user, rules):
    """The preferences that count. `user_rules: false` leaves the targets, which stand elsewhere."""
    return (user.get("preferences") or {}) if rules["user_rules"] else {}


def default_reason(rules, own):
    return own.get("default_reason", rules["default_reason"])


def table_row(booking, rules, own):
    """The show-as table's answer, `skip` or a row: the user's table, else the administrator's.

    Preferences `free`, `tentative`: use bookings marked so; where the table skips them, as its busy
    row says; a row for them in the user's own table is stronger. `private` lets a booking past its
    sensitivity, not past its show-as: one that is free counts only where free ones are ticked too
    (P-18).
    """
    show_as = booking.get("show_as", "busy")
    own_table = own.get("show_as", {})
    whole_table = rules["show_as"] | own_table
    if show_as in own_table or whole_table[show_as] != SKIP:
        return whole_table[show_as]
    wanted = show_as in ("free", "tentative") and own.get(show_as)
    return whole_table["busy"] if wanted else SKIP


def by_table(booking, rules, own):
    """(reason, kind, origin) by show-as, or None. P-17, P-18."""
    row = table_row(booking, rules, own)
    if row == SKIP:
        return None
    forwarding = "direct" if rules["forwarding"] == "on" else "information"
    return row["reason"] or default_reason(rules, own), row["kind"] or forwarding, "table"


def by_code(found, system, rules, own):
    """(reason, kind, origin) by a code. P-7: a bare sign takes the default reason."""
    if system == "kalender-push" and found.mark is None:
        kind = "direct" if rules["forwarding"] == "on" else "information"
    else:
        kind = "information" if found.mark in (";", "-") else "direct"
    return found.reason or default_reason(rules, own), kind, "code"


def synced_by(rules, own):
    """What triggers; preference `codes_only`: only bookings with a code."""
    return "codes_only" if own.get("codes_only") else rules["sync"]


def by_rules(booking, found, system, rules, own):
    """(reason, kind, origin) as if nobody had chosen for this booking, or why there is none."""
    sync = synced_by(rules, own)
    answered = booking.get("response", "organizer") != "not_responded"
    if found and sync != "show_as" and answered:  # P-5, P-8
        reason, kind, origin = by_code(found, system, rules, own)
    elif sync == "codes_only":
        return "not_answered" if found else "no_code"
    else:
        answer = by_table(booking, rules, own)
        if answer is None:
            return "show_as"
        reason, kind, origin = answer
    return reason, "information" if own.get("no_diversion") else kind, origin


def text_of(booking, found, rules, own):
    """P-12, P-19: what colleagues read."""
    if booking.get("sensitivity") in PRIVATE:
        return None
    fields = rules["text"]
    if rules["text_chosen_by"] == "user":
        fields = own.get("text", fields)
    parts = {
        "subject": found.rest if found and synced_by(rules, own) != "show_as"
        else booking.get("subject") or "",
        "location": booking.get("location") or "",
        "body": booking.get("body") or "",
    }
    shown = [grammar.collapsed(parts[name]) for name in parts if name in fields]
    return ", ".join(part for part in shown if part != "") or None


def times(booking, zone_name):
    read = clock.midnight if booking.get("all_day") else clock.instant
    return read(booking["start"], zone_name), read(booking["end"], zone_name)


def decide(booking, user, system, rules):
    """A Claim, or the first `because` that holds."""
    own = own_rules(user, rules)
    services = user.get("services") or []
    start, end = times(booking, user["timezone"])
    if booking.get("cancelled"):
        return "cancelled"
    if booking.get("response") == "declined":
        return "declined"
    if end <= start:
        return "no_time"
    if not rules["enabled_by_default"] and "calendar" not in services:
        return "user_without_service"
    if (user.get("preferences") or {}).get("enabled") is False:  # "always switches off"
        return "user_disabled"
    if booking.get("sensitivity") in PRIVATE:
        if rules["private"] == "never" or not own.get("private"):
            return "private"
    choice = booking.get("override") if rules["user_rules"] else None
    if choice == SKIP:
        return "booking_override"
    all_day = rules["all_day"] if booking.get("all_day") else None
    if all_day == "skip":
        if not choice:
            return "all_day"
        all_day = "whole_day"

    found = grammar.find(system, booking.get("subject"), rules["codes"])
    answer = by_rules(booking, found, system, rules, own)
    if choice:
        usual = (default_reason(rules, own), "information") if isinstance(answer, str) else answer
        answer = choice.get("reason", usual[0]), choice.get("kind", usual[1]), "choice"
    if isinstance(answer, str):
        return answer
    reason, kind, origin = answer
    if rules["diversion_service_required"] and "diversion" not in services:  # P-2
        kind = "information"
    return Claim(booking["id"], reason, kind, origin, booking.get("show_as", "busy"),
                 text_of(booking, found, rules, own), start, end, all_day)
