"""The four systems as data, from "What the templates say" in cases/README.md and from domain.md,
"Reasons and codes"; and the rules of a case, which are a template with overrides.

In a table row, the reason None is "default reason" and the kind None is "as `forwarding`".
"""

SKIP = "skip"
WEEK = ["mon", "tue", "wed", "thu", "fri"]


def row(reason, kind):
    return {"reason": reason, "kind": kind}


def table(busy, out_of_office, tentative, working_elsewhere, free):
    return {"busy": busy, "out_of_office": out_of_office, "tentative": tentative,
            "working_elsewhere": working_elsewhere, "free": free}


SAME_EVERYWHERE = {
    "private": "never", "office_hours_only": False, "holidays": [], "merge_gap": "none",
    "office_hours": {day: "08:00-17:00" for day in WEEK},
    "text": [], "text_chosen_by": "administrator", "user_rules": False,
    "diversion_service_required": False, "enabled_by_default": False, "default_reason": "meeting",
    "forwarding": "off", "announce_as": {}, "return_time": "absence_end", "ring_seconds": 15,
    "days_ahead": 30, "codes": {},
}

ONE_X = SAME_EVERYWHERE | {
    "sync": "show_as", "all_day": "whole_day", "user_rules": True,
    "diversion_service_required": True,
    "show_as": table(row("meeting", "information"), row("away", "information"), SKIP, SKIP, SKIP),
}

TRIO = SAME_EVERYWHERE | {
    "sync": "codes_only", "all_day": "skip", "merge_gap": "5m",
    "show_as": table(SKIP, SKIP, SKIP, SKIP, SKIP),
    "codes": {"SAM": "meeting", "TJÄ": "errand", "SEM": "vacation", "LDG": "time_off"},
}

KALENDER_PUSH = SAME_EVERYWHERE | {
    "sync": "codes_first", "all_day": "office_hours",
    "office_hours": {day: "08:00-16:00" for day in WEEK},
    "show_as": table(row(None, None), row(None, None), row(None, None), SKIP, SKIP),
    "codes": {
        "Ikf": "do_not_disturb", "Ikke Forstyrr": "do_not_disturb",
        "Gåt": "gone_for_the_day", "Gått for dagen": "gone_for_the_day",
        "Eks": "external_meeting", "Ekstern avtale": "external_meeting",
        "Møt": "meeting", "Møte": "meeting",
        "For": "business_trip", "Forretningsreise": "business_trip",
        "Ute": "lunch", "Ute til lunch": "lunch", "Ferie": "vacation",
        "Ikt": "unavailable", "Ikke tilgjengelig": "unavailable",
        "Sna": "back_soon", "Snart tilbake": "back_soon", "Syk": "sick",
        "Per": "leave", "Permisjon": "leave",
    },
}

CMG = SAME_EVERYWHERE | {
    "sync": "codes_first", "all_day": "whole_day", "private": "user_choice",
    "text_chosen_by": "user", "user_rules": True, "enabled_by_default": True,
    "show_as": table(row(None, "direct"), row(None, "direct"), SKIP, row(None, "direct"), SKIP),
    "codes": {
        "NP/L:": "lunch", "NP/GF:": "gone_for_the_day", "NP/T:": "errand", "NP/M:": "meeting",
        "NP/TR:": "business_trip", "NP/K:": "course", "NP/S:": "vacation", "NP/VAB:": "sick_child",
        "NP/TF:": "busy", "NP/Sj:": "sick",
    },
}

TEMPLATES = {"one-x": ONE_X, "trio": TRIO, "kalender-push": KALENDER_PUSH, "cmg": CMG}


def rules_of(case):
    """The template with the case's overrides: `show_as` and `codes` add to it, others replace."""
    rules = dict(TEMPLATES[case["system"]])
    own = dict(case.get("rules") or {})
    rules["show_as"] = rules["show_as"] | own.pop("show_as", {})
    for code in own.pop("codes", []):
        others = {key: reason for key, reason in rules["codes"].items()
                  if key.casefold() != code["code"].casefold()}
        rules["codes"] = others | {code["code"]: code["reason"]}
    own.pop("reasons", None)  # labels and telephone codes, which no expectation mentions
    rules |= own
    if rules["forwarding"] in (True, False):
        rules["forwarding"] = "on" if rules["forwarding"] else "off"
    return rules


def merge_gap_seconds(rules):
    """`none` or a duration such as `5m`; None for none. P-10."""
    gap = str(rules["merge_gap"])
    if gap == "none":
        return None
    return int(gap[:-1]) * {"s": 1, "m": 60, "h": 3600}[gap[-1]]
