#!/usr/bin/env python3
"""Another reading of the price list: draws random contracts and says what each must come to.

    contracts.py SEED COUNT FOLDER

writes into FOLDER what a database must be given, as tables for COPY (customers.txt, contracts.txt,
days.txt, user_days.txt), and expected.txt: the lines that are due, a line each, sorted. It knows
nothing of the views; amounts are reckoned with Decimal and Fraction.
"""

import calendar
import datetime
import json
import random
import sys
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

PRICES = {  # user, setup, notice in months
    "none": (15, 7500, 4), "12": (12, 5000, 3), "24": (11, 4000, 1), "36": (10, 3000, 0),
}
MINIMUM = 200
DAY = datetime.timedelta(days=1)


def plus_months(day, months):
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(day.day, last))


class Periods:
    """The months of a contract, from 0."""

    def __init__(self, starts, by_calendar):
        self.starts, self.by_calendar = starts, by_calendar

    def first(self, number):
        if number == 0:
            return self.starts
        if self.by_calendar:
            return plus_months(self.starts.replace(day=1), number)
        return plus_months(self.starts, number)

    def last(self, number):
        return self.first(number + 1) - DAY

    def of(self, day):
        number = 0
        while self.last(number) < day:
            number += 1
        return number

    def quarter(self, number):
        if not self.by_calendar:
            return number // 3 + 1
        def absolute(day):
            return day.year * 4 + (day.month - 1) // 3
        return absolute(self.first(number)) - absolute(self.starts) + 1

    def charged(self, number, days_count):
        """The part of a month that is charged."""
        if not (self.by_calendar and days_count and number == 0):
            return Fraction(1)
        whole = calendar.monthrange(self.starts.year, self.starts.month)[1]
        return Fraction((self.last(0) - self.starts).days + 1, whole)


def rounded(amount, how):
    amount = Fraction(amount)
    # Exact as far as a tie may depend on it: 40 digits of a fraction of small numbers.
    exact = (Decimal(amount.numerator) / Decimal(amount.denominator))
    mode = ROUND_HALF_EVEN if how == "half_even" else ROUND_HALF_UP
    return exact.quantize(Decimal("0.01"), rounding=mode)


def last_month(settings, periods, notice, term_months):
    if notice is None:
        return None
    run_from = notice
    if settings.get("notice_from") == "month_end":
        run_from = periods.last(periods.of(notice))
    end = periods.of(plus_months(run_from, PRICES[str(settings["term"])][2]))
    if settings.get("renewal") == "term" and term_months is not None and end >= term_months:
        limit = term_months
        while limit <= end:
            limit += settings["term"]
        end = limit - 1
    return end


def due(settings, counted_until, counts_of):
    """The lines that are due: quarter, kind, month, amount."""
    starts = datetime.date.fromisoformat(settings["starts"])
    notice = settings.get("notice") and datetime.date.fromisoformat(settings["notice"])
    term = str(settings["term"])
    price, setup, _ = PRICES[term]
    how = settings.get("rounding", "half_up")
    periods = Periods(starts, settings.get("periods") == "calendar")
    term_months = None
    if term != "none":
        term_months = periods.of(plus_months(starts, int(term)) - DAY) + 1
    end = last_month(settings, periods, notice, term_months)
    newest = periods.of(counted_until)
    months = range(0, (newest if end is None else min(newest, end)) + 1)
    lines = []
    reading = settings.get("setup", "first_invoice")
    if reading != "none":
        lines.append((0 if reading == "at_start" else 1, "setup", 0, Decimal(setup)))
    users, lacking = {}, {}
    for month in months:
        first, last = periods.first(month), min(periods.last(month), counted_until)
        users[month] = counts_of(first, last)
        part = periods.charged(month, settings.get("first_month") == "days")
        amount = rounded(users[month] * price * part, how)
        minimum = rounded(MINIMUM * part, how)
        lines.append((periods.quarter(month), "subscription", month, amount))
        if settings.get("minimum_per", "month") == "month":
            if amount < minimum:
                lines.append((periods.quarter(month), "minimum", month, minimum - amount))
        else:
            lacking.setdefault(periods.quarter(month), []).append((month, minimum - amount))
    for quarter, parts in lacking.items():
        total = sum(lack for _, lack in parts)
        if total > 0:
            lines.append((quarter, "minimum", max(month for month, _ in parts), total))
    if term_months is not None and end in users and end + 1 < term_months:
        asked = periods.of(notice)
        remaining = term_months - 1 - (
            asked if settings.get("termination_after") == "notice" else end
        )
        until = asked if settings.get("termination_users") == "until_notice" else end
        counted = [users[month] for month in users if month <= until]
        mean = Fraction(sum(counted), len(counted))
        monthly = mean * price
        if settings.get("termination_minimum") == "yes":
            monthly = max(monthly, Fraction(MINIMUM))
        share = Fraction(str(settings.get("termination_share", "0.6")))
        lines.append(
            (periods.quarter(end), "termination", end, rounded(share * remaining * monthly, how))
        )
    return lines


def choose(draw, settings, key, words, odds=0.3):
    if draw.random() < odds:
        settings[key] = draw.choice(words)


def drawn_settings(draw):
    starts = datetime.date(2019, 1, 1) + DAY * draw.randrange(0, 1500)
    if draw.random() < 0.3:
        starts = starts.replace(day=1)
    if draw.random() < 0.1:
        starts = datetime.date(2020, draw.choice([1, 3, 5, 8]), draw.choice([29, 30, 31]))
    term = draw.choice(["none", 12, 24, 36])
    settings = {"term": term, "starts": starts.isoformat()}
    if draw.random() < 0.6:
        length = 10 if term == "none" else term
        notice = starts + DAY * draw.randrange(0, length * 31 + 120)
        settings["notice"] = notice.isoformat()
    choose(draw, settings, "users", ["enabled", "verified", "with_absences"])
    choose(draw, settings, "counted", ["any_day", "first_day", "last_day"])
    choose(draw, settings, "minimum_per", ["month", "quarter"])
    choose(draw, settings, "periods", ["contract", "calendar"], 0.5)
    choose(draw, settings, "first_month", ["whole", "days"], 0.5)
    choose(draw, settings, "setup", ["first_invoice", "at_start", "none"])
    choose(draw, settings, "renewal", ["notice", "term"], 0.5)
    choose(draw, settings, "notice_from", ["day", "month_end"])
    choose(draw, settings, "termination_after", ["end", "notice"])
    choose(draw, settings, "termination_users", ["until_end", "until_notice"])
    choose(draw, settings, "termination_minimum", ["no", "yes"])
    choose(draw, settings, "rounding", ["half_up", "half_even"])
    choose(draw, settings, "termination_share", [0.5, 0.333, 0.6, 1, 0.0125])
    return settings


def drawn_days(draw, starts, counted_until):
    """Who had what on which day: a few days of each user and month, so that there are not many."""
    evidence = []
    most = draw.choice([3, 15, 20, 45])
    month = starts.replace(day=1)
    while month <= counted_until:
        length = calendar.monthrange(month.year, month.month)[1]
        for user in range(1, draw.randrange(0, most) + 1):
            for day in {draw.choice([1, length, starts.day, draw.randrange(1, length + 1)])}:
                date = month.replace(day=min(day, length))
                if starts <= date <= counted_until:
                    flags = draw.choice([(1, 1, 1), (1, 1, 0), (1, 0, 0), (0, 0, 1), (1, 0, 1)])
                    evidence.append((user, date, flags))
        month = plus_months(month, 1)
    return evidence


def counter(settings, evidence):
    flag = {"enabled": 0, "verified": 1, "with_absences": 2}[settings.get("users", "enabled")]
    by_day = {}
    for user, date, flags in evidence:
        if flags[flag]:
            by_day.setdefault(date, set()).add(user)

    def counts_of(first, last):
        reading = settings.get("counted", "any_day")
        if reading == "first_day":
            return len(by_day.get(first, ()))
        if reading == "last_day":
            return len(by_day.get(last, ()))
        days = (first + DAY * number for number in range((last - first).days + 1))
        return len(set().union(*(by_day.get(day, set()) for day in days)))

    return counts_of


def main(seed, count, folder):
    draw = random.Random(seed)
    names = ["customers", "contracts", "days", "user_days", "expected"]
    files = {name: open(f"{folder}/{name}.txt", "w", encoding="utf-8") for name in names}
    for customer in range(1, count + 1):
        settings = drawn_settings(draw)
        starts = datetime.date.fromisoformat(settings["starts"])
        counted_until = starts + DAY * draw.randrange(20, 900)
        evidence = drawn_days(draw, starts, counted_until)
        print(customer, f"c{customer}", starts, sep="\t", file=files["customers"])
        print(customer, json.dumps(settings), sep="\t", file=files["contracts"])
        print(customer, starts, counted_until, sep="\t", file=files["days"])
        for user, date, flags in evidence:
            print(customer, user, date, *flags, sep="\t", file=files["user_days"])
        lines = due(settings, counted_until, counter(settings, evidence))
        for quarter, kind, month, amount in sorted(lines):
            print(customer, quarter, kind, month, f"{amount:.2f}", file=files["expected"])
    for file in files.values():
        file.close()


if __name__ == "__main__":
    import decimal

    decimal.getcontext().prec = 40
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
