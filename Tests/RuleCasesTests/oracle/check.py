"""check.py FILE…: do the rule cases in these files agree with the oracle?

Fields that an expectation leaves out are not compared, nor are bookings that `skipped` does not
list (cases/README.md). Exits with 1 where a case differs.
"""
import sys
import unicodedata

import casefile
import clock
import oracle


def comparable(field, value, zone_name):
    if field in ("start", "end", "back_at"):
        return clock.instant(value, zone_name)
    if field == "text" and value is not None:
        return unicodedata.normalize("NFC", value)
    return value


def agrees(expected, got, zones):
    """Does this computed absence have every field that is expected?"""
    if "user" in expected and expected["user"] != got["user"]:
        return False
    zone_name = zones[got["user"]]
    return all(comparable(field, value, zone_name) == comparable(field, got[field], zone_name)
               for field, value in expected.items())


def pair_up(expected, computed, zones):
    """Each expectation takes an absence that fits, the most particular one first: what is left."""
    left = list(computed)
    missing = []
    for one in sorted(expected, key=len, reverse=True):
        fitting = [absence for absence in left if agrees(one, absence, zones)]
        if fitting:
            left.remove(fitting[0])
        else:
            missing.append(one)
    return missing, left


def differences(case):
    computed = oracle.compute(case)
    zones = {user["id"]: user["timezone"] for user in case.get("users") or [oracle.ANNA]}
    missing, extra = pair_up(case["expect"] or [], computed["expect"], zones)
    lines = [f"  expected, not computed: {casefile.flow(one)}" for one in missing]
    lines += [f"  computed, not expected: {casefile.flow(one)}" for one in extra]
    because = {one["booking"]: one["because"] for one in computed["skipped"]}
    for one in case.get("skipped") or []:
        got = because.get(one["booking"])
        if got != one["because"]:
            lines.append(f"  {one['booking']}: expected {one['because']}, computed {got}")
    return lines


def main(paths):
    passed = failed = 0
    for path in paths:
        for case in casefile.read(path):
            lines = differences(case)
            passed, failed = (passed, failed + 1) if lines else (passed + 1, failed)
            if lines:
                print(f"{path}: {case['name']}", *lines, sep="\n")
    print(f"{passed} agree, {failed} differ")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
