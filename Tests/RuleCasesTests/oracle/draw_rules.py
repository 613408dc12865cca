"""Random rules and preferences: every key of cases/README.md, each present only sometimes."""
import clock

REASONS = ["meeting", "external_meeting", "errand", "business_trip", "course", "lunch", "back_soon",
           "busy", "do_not_disturb", "unavailable", "gone_for_the_day", "time_off", "vacation",
           "leave", "sick", "sick_child", "away"]
OWN_REASONS = {
    "fair": {"sv": "Mässa", "no": "Messe", "en": "Fair", "phone_code": "12"},
    "studio": {"sv": "I studion", "no": "I studio", "en": "In the studio", "phone_code": "13"},
}
OWN_CODES = {
    "one-x": [],
    "trio": ["UTB", "SAMM", "Ö", "SAM", "ldg"],
    "kalender-push": ["Kurs", "Kurs ute", "Øvelse", "Ferie", "per"],
    "cmg": ["NP/U:", "NP/MÖ:", "np/m:", "BORTA:"],
}
SHOW_AS = ["free", "tentative", "busy", "out_of_office", "working_elsewhere"]
KINDS = ["information", "open", "direct"]
HOURS = ["08:00-17:00", "08:00-16:00", "07:30-12:15", "00:00-24:00", "12:00-24:00", "09:00-15:30",
         "22:00-24:00"]
NIGHT_HOURS = ["01:00-01:45", "01:15-03:30", "01:30-02:15", "02:00-03:00", "02:30-03:00", "02:30-10:00",
               "00:00-01:30", "00:00-02:30", "02:10-02:40"]
HOURS += NIGHT_HOURS
FIELDS = ["subject", "location", "body"]


def chance(rng, share):
    return rng.random() < share


def some(rng, things, share=0.5):
    return [thing for thing in things if chance(rng, share)]


def shuffled(rng, things):
    return rng.sample(things, len(things))


def reasons_map(rng, reasons):
    return {reason: rng.choice(reasons) for reason in some(rng, reasons, 0.3)}


def table_row(rng, reasons, skip=0.3):
    if chance(rng, skip):
        return "skip"
    return {"reason": rng.choice(reasons), "kind": rng.choice(KINDS)}


def show_as_table(rng, reasons):
    return {show_as: table_row(rng, reasons) for show_as in some(rng, SHOW_AS)}


def office_hours(rng, clock_changes):
    if chance(rng, 0.05):
        return {}
    usual = rng.choice(HOURS[:4])
    hours = {day: usual if chance(rng, 0.6) else rng.choice(HOURS)
             for day in clock.DAY_NAMES if chance(rng, 0.75)}
    if clock_changes and chance(rng, 0.6):  # all of 2026 stand on Sunday nights
        hours["sun"] = rng.choice(NIGHT_HOURS)
    return hours


def rules(rng, system, period):
    """(rules, the reasons that may be named)."""
    own = {}
    reasons = list(REASONS)
    if chance(rng, 0.2):
        own["reasons"] = dict(OWN_REASONS)
        reasons += OWN_REASONS
    if chance(rng, 0.4):  # few reasons: longer leaves
        reasons = rng.sample(reasons, rng.randrange(1, 4))
    if OWN_CODES[system] and chance(rng, 0.25):
        own["codes"] = [{"code": code, "reason": rng.choice(reasons)}
                        for code in some(rng, OWN_CODES[system])]

    def maybe(key, share, value):
        """The value is drawn also where it is not used: a changed share changes few other draws."""
        if chance(rng, share):
            own[key] = value

    usual_sync = {"one-x": 0.1}.get(system, 0.25)
    maybe("sync", usual_sync, rng.choice(["show_as", "codes_first", "codes_first", "codes_only"]))
    maybe("show_as", 0.4, show_as_table(rng, reasons))
    maybe("private", 0.5, rng.choice(["never", "user_choice", "user_choice", "user_choice"]))
    maybe("all_day", 0.3, rng.choice(["skip", "whole_day", "office_hours"]))
    maybe("office_hours_only", 0.3, chance(rng, 0.8))
    maybe("office_hours", 0.4, office_hours(rng, period.change))
    maybe("holidays", 0.3, [period.day(number).isoformat()
                            for number in rng.sample(range(period.days), min(period.days, rng.randrange(4)))])
    maybe("merge_gap", 0.5, rng.choice(["none", "0m", "1m", "5m", "15m", "30m", "120m"]))
    maybe("text", 0.6, shuffled(rng, some(rng, FIELDS, 0.6)))
    maybe("text_chosen_by", 0.3, rng.choice(["administrator", "user"]))
    maybe("user_rules", 0.35, chance(rng, 0.7))
    maybe("diversion_service_required", 0.2, chance(rng, 0.5))
    maybe("enabled_by_default", 0.2, chance(rng, 0.5))
    maybe("default_reason", 0.3, rng.choice(reasons))
    maybe("announce_as", 0.3, reasons_map(rng, reasons))
    maybe("return_time", 0.4, rng.choice(["absence_end", "leave_end", "leave_end"]))
    maybe("ring_seconds", 0.1, rng.randrange(5, 40))
    maybe("days_ahead", 0.4, rng.randrange(1, 41))
    forwarding = rng.choice(["on", "off", "on", True, False])
    maybe("forwarding", 0.5 if system == "kalender-push" else 0, forwarding)
    return own, reasons


def target(rng):
    kind = rng.choice(["announcement", "voicemail", "number"])
    if kind == "number":
        return {"type": kind, "number": f"+46{rng.randrange(10**8, 10**9)}"}
    return {"type": kind}


def preferences(rng, reasons):
    own = {}

    def maybe(key, share, value):
        if chance(rng, share):
            own[key] = value

    maybe("enabled", 0.1, chance(rng, 0.5))
    maybe("show_as", 0.35, show_as_table(rng, reasons))
    maybe("codes_only", 0.12, chance(rng, 0.7))
    maybe("default_reason", 0.3, rng.choice(reasons))
    maybe("no_diversion", 0.2, chance(rng, 0.8))
    maybe("text", 0.4, shuffled(rng, some(rng, FIELDS, 0.6)))
    maybe("private", 0.5, chance(rng, 0.8))
    maybe("free", 0.3, chance(rng, 0.8))
    maybe("tentative", 0.3, chance(rng, 0.8))
    maybe("announce_as", 0.25, reasons_map(rng, reasons))
    maybe("targets", 0.3, {reason: target(rng) for reason in some(rng, reasons, 0.4)})
    maybe("language", 0.1, rng.choice(["sv", "no", "en"]))
    return own


def users(rng, zone_name, reasons):
    count = rng.choices([1, 2, 3], [85, 10, 5])[0]
    names = rng.sample(["anna", "bo", "cilla", "kari"], count)
    return [{"id": name, "timezone": zone_name,
             "services": rng.choices([["calendar", "diversion"], ["calendar"], ["diversion"], []],
                                     [66, 25, 6, 3])[0],
             "preferences": preferences(rng, reasons) if chance(rng, 0.7) else {}}
            for name in names]


def choice(rng, reasons):
    """A choice for one booking: `skip`, or a reason, a kind or both."""
    chosen = {"reason": rng.choice(reasons), "kind": rng.choice(KINDS)}
    return rng.choice(["skip", chosen, chosen, {"reason": chosen["reason"]}, {"kind": chosen["kind"]}])
