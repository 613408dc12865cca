"""The program, run and watched: how long, how much memory, and what its statements cost."""

import pathlib
import re
import subprocess
import time

COUNTED = """select coalesce(sum(total_plan_time + total_exec_time), 0) / 1000
from pg_stat_statements where query not like '%pg_stat_statements%'"""


def reconcile(bench, organisation, *arguments):
    """Seconds and peak memory in kB of a pass that is carried out."""
    return watched(
        [bench.binary("kalenderkoppling"), "reconcile", "--apply", "--quiet",
         "--now", organisation.instant, *arguments],
        cwd=organisation.folder, env=organisation.environment,
    )


def watched(command, **options):
    """Seconds and peak memory in kB of a program; the bench ends where it fails."""
    begun = time.monotonic()
    process = subprocess.Popen(list(map(str, command)), **options)
    kilobytes = 0
    while process.poll() is None:
        kilobytes = max(kilobytes, high_water(process.pid))
        time.sleep(0.005)
    if process.returncode:
        raise SystemExit(f"bench: {' '.join(map(str, command))} ended with {process.returncode}")
    return time.monotonic() - begun, kilobytes


def high_water(pid):
    """The most that a process has held so far, in kB; 0 where it has gone."""
    try:
        status = pathlib.Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return 0
    found = re.search(r"^VmHWM:\s+(\d+) kB", status, re.M)
    return int(found[1]) if found else 0


def in_the_database(organisation, body):
    """Seconds that the server spent on the statements of `body`."""
    organisation.ask("select pg_stat_statements_reset()")
    body()
    return float(organisation.ask(COUNTED))
