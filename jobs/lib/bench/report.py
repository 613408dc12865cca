"""What was measured: a table for people, JSON for comparing two commits."""

import json
import pathlib
import statistics

# By how much a ratio may become worse before it counts.
TOLERANCE = 1.15
HEADINGS = ("", "rows", "seconds", "rows/s", "MB", "ratio", "to", "must", "moonshot", "")


class Report:
    def __init__(self):
        self.rows = []
        self.part = ""

    def begin(self, part):
        self.part = part

    def add(
        self, name, seconds, rows=None, floor=None, floor_seconds=None, memory_kb=None,
        must=None, moonshot=None, faster_is="lower",
    ):
        """One thing measured, in rounds. The ratio is the median over rounds of its seconds to those
        of the floor, measured beside it; where `faster_is` "higher" of the floor's to its own: how
        many times as fast it is. `must` and `moonshot` are goals for the ratio; where there is no
        floor, for the seconds."""
        ratio = None
        if floor_seconds is not None:
            pairs = list(zip(seconds, floor_seconds))
            ratio = statistics.median(
                f / s if faster_is == "higher" else s / f for s, f in pairs
            )
        self.rows.append(
            {
                "part": self.part, "name": name, "rows": rows,
                "seconds": statistics.median(seconds), "least": min(seconds),
                "most": max(seconds), "floor": floor, "ratio": ratio, "memory_kb": memory_kb,
                "must": must, "moonshot": moonshot, "faster_is": faster_is,
            }
        )

    def print_part(self):
        """The table of the part that has ended."""
        table = [HEADINGS] + [told(row) for row in self.rows if row["part"] == self.part]
        widths = [max(len(line[n]) for line in table) for n in range(len(HEADINGS))]
        left = (0, 6, 9)
        print(f"\n{self.part}")
        for line in table:
            cells = [
                cell.ljust(width) if n in left else cell.rjust(width)
                for n, (cell, width) in enumerate(zip(line, widths))
            ]
            print("  ".join(cells).rstrip(), flush=True)

    def write(self, path, **about):
        path.write_text(json.dumps({"about": about, "rows": self.rows}, indent=1) + "\n")

    @staticmethod
    def read(path):
        report = Report()
        report.rows = json.loads(pathlib.Path(path).read_text())["rows"]
        return report

    def compare(self, before):
        """Prints the ratios that both have, and says whether none has become worse."""
        earlier = {(row["part"], row["name"], row["floor"]): row for row in before.rows}
        print("\ncompared")
        is_fine = True
        for row in self.rows:
            was = earlier.get((row["part"], row["name"], row["floor"]))
            if not was or not was["ratio"] or not row["ratio"]:
                continue
            change = row["ratio"] / was["ratio"]
            if row["faster_is"] == "higher":
                change = 1 / change
            is_worse = change > TOLERANCE
            is_fine = is_fine and not is_worse
            print(
                f"{row['part']}: {row['name']}: {was['ratio']:.2f} -> {row['ratio']:.2f}"
                + (f"  worse by {change - 1:.0%}" if is_worse else "")
            )
        return is_fine


def told(row):
    """A row's cells."""
    seconds, ratio = row["seconds"], row["ratio"]
    measured = seconds if ratio is None else ratio
    goal = "s" if ratio is None else ""

    def is_reached(limit):
        return measured >= limit if row["faster_is"] == "higher" else measured <= limit

    verdict = ""
    if row["must"] is not None:
        verdict = "short" if not is_reached(row["must"]) else "reached"
        if row["moonshot"] is not None and is_reached(row["moonshot"]):
            verdict = "moonshot"
    return (
        row["name"],
        "" if row["rows"] is None else f"{row['rows']:,}",
        f"{seconds:.3f}" if seconds < 10 else f"{seconds:.1f}",
        "" if row["rows"] is None else f"{row['rows'] / seconds:,.0f}",
        "" if row["memory_kb"] is None else f"{row['memory_kb'] / 1024:.0f}",
        "" if ratio is None else f"{ratio:.2f}",
        row["floor"] or "",
        "" if row["must"] is None else f"{row['must']:g}{goal}",
        "" if row["moonshot"] is None else f"{row['moonshot']:g}{goal}",
        verdict,
    )
