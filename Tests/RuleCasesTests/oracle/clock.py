"""Wall time, instants and office hours.

An instant is a whole number of seconds since 1970, so that nothing here depends on how a library
subtracts zoned times. cases/README.md: wall time in the gap of a clock change takes the offset
before it, in the overlap the first of the two. That is what `fold=0` means to zoneinfo.
"""
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

DAY_NAMES = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


@lru_cache(maxsize=None)
def zone(name):
    return ZoneInfo(name)


def instant(text, zone_name):
    """`2026-11-23T09:00`, with or without seconds and offset; without one it is the user's wall."""
    moment = datetime.fromisoformat(str(text))
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone(zone_name), fold=0)
    return int(moment.timestamp())


def on_wall(day, minute, zone_name):
    """The instant at which the wall clock of that day shows that minute; 1440 is next midnight."""
    if minute == 24 * 60:
        day, minute = day + timedelta(days=1), 0
    wall = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=zone(zone_name))
    return int(wall.timestamp())


def midnight(text, zone_name):
    """Where an all-day date begins. P-9: dates are the user's local dates."""
    return on_wall(date.fromisoformat(str(text)), 0, zone_name)


def local_date(second, zone_name):
    return datetime.fromtimestamp(second, zone(zone_name)).date()


def show(second, zone_name):
    """An instant as the user's wall time with its offset, which no clock change makes doubtful."""
    return datetime.fromtimestamp(second, zone(zone_name)).isoformat(timespec="seconds")


def minutes(hhmm):
    hour, minute = hhmm.split(":")
    return int(hour) * 60 + int(minute)


def office_hours(day, rules, zone_name):
    """From when to when the office is open that day, or None. P-22: holidays are closed.

    Hours that a clock change swallows (the end is not after the start) are none.
    """
    hours = rules["office_hours"].get(DAY_NAMES[day.weekday()])
    if hours is None or day.isoformat() in [str(holiday) for holiday in rules["holidays"]]:
        return None
    first, last = hours.split("-")
    start = on_wall(day, minutes(first), zone_name)
    end = on_wall(day, minutes(last), zone_name)
    return (start, end) if start < end else None
