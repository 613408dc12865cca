"""What jobs/bench-sources measures. Needs nothing but Python and the programs beside it."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request

BIN, WORK, MAILBOXES, BOOKINGS = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])

SETTINGS = {
    "graph": """
  - {{ name: cal, kind: graph, tenant: exempel.example, client: kalenderkoppling,
      secret_file: secret, url: "{url}/v1.0", login_url: "{url}" }}""",
    "ews": """
  - {{ name: cal, kind: ews, url: "{url}/EWS/Exchange.asmx", auth: basic,
      user: service@exempel.example, password_file: secret }}""",
    "google": """
  - {{ name: cal, kind: google, key_file: google-key.json, url: "{url}/calendar/v3" }}""",
}

# Requests to calendars that one mailbox needs at the very least: the list of what changed; in
# EWS, which has no list with content, state, ids and then ten bookings a request.
LEAST = {
    ("graph", "full"): lambda n, b: -(-n // 20),
    ("graph", "changed"): lambda n, b: -(-n // 20),
    ("ews", "full"): lambda n, b: n * (2 + -(-b // 10)),
    ("ews", "changed"): lambda n, b: n,
    ("google", "full"): lambda n, b: n,
    ("google", "changed"): lambda n, b: n,
}

REPLAY = """
local requests = {}
for line in io.lines(os.getenv("KK_REPLAY")) do
  local method, path, auth, headers, body = line:match("^(.-)\\t(.-)\\t(.-)\\t(.-)\\t(.*)$")
  local h = { ["Authorization"] = auth }
  for name, value in headers:gmatch("(.-)=(.-)\\31") do h[name] = value end
  body = body:gsub("\\30", "\\n"):gsub("\\29", "\\r")
  requests[#requests + 1] = wrk.format(method, path, h, body ~= "" and body or nil)
end
local n = 0
request = function()
  n = n % #requests + 1
  return requests[n]
end
"""


def control(url, method, path, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url + "/simulator/" + path, data, method=method)
    with urllib.request.urlopen(request) as answer:
        return answer.read()


def counts(url):
    numbers = json.loads(control(url, "GET", "counts"))
    control(url, "DELETE", "counts")
    return numbers


class Customer:
    """A database of its own, and a folder with the files of a customer."""

    def __init__(self, kind, url):
        self.folder = os.path.join(WORK, kind)
        os.makedirs(self.folder)
        self.environment = dict(os.environ, PGDATABASE="bench_" + kind)
        subprocess.run(["createdb", "bench_" + kind], check=True)
        subprocess.run(
            ["jobs/deploy-schema"], env=self.environment, check=True, stdout=subprocess.DEVNULL
        )
        self.write("secret", "secret-of-tests\n")
        if kind == "google":
            self.write("google-key.json", control(url, "GET", "google-key").decode())
        self.write(
            "customer.yaml",
            "customer: bench\nname: Bench\nsystem: one-x\ntimezone: Europe/Stockholm\n"
            "rules: { show_as: { busy: { reason: meeting, kind: open } } }\n"
            "calendars:" + SETTINGS[kind].format(url=url) + "\n",
        )
        rows = "".join(
            f"u{n},User {n},{100000 + n},cal:user{n}@exempel.example,calendar diversion\n"
            for n in range(1, MAILBOXES + 1)
        )
        self.write("roster.csv", "key,name,extension,calendar,services\n" + rows)
        self.run("customer", "apply", "customer.yaml")
        self.run("roster", "import", "roster.csv")

    def write(self, name, text):
        with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
            file.write(text)

    def run(self, *arguments):
        """Seconds, and the most memory in MiB."""
        begin = time.monotonic()
        process = subprocess.Popen(
            [os.path.join(BIN, "kalenderkoppling"), *arguments, "--quiet"],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.DEVNULL,
        )
        _, status, usage = os.wait4(process.pid, 0)
        if status:
            sys.exit(f"kalenderkoppling {' '.join(arguments)} ended with {status}")
        return time.monotonic() - begin, usage.ru_maxrss / 1024


def replayed(url, record):
    """Requests a second that wrk gets for what was recorded."""
    script = os.path.join(WORK, "replay.lua")
    with open(script, "w", encoding="utf-8") as file:
        file.write(REPLAY)
    output = subprocess.run(
        ["wrk", "-t1", "-c16", "-d8s", "--timeout", "10s", "-s", script, url],
        env=dict(os.environ, KK_REPLAY=record),
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return float(re.search(r"Requests/sec:\s+([0-9.]+)", output).group(1))


def measure(kind):
    record = os.path.join(WORK, kind + ".requests")
    simulator = subprocess.Popen(
        [
            os.path.join(BIN, "CalendarSimulator"),
            "--mailboxes", str(MAILBOXES), "--bookings", str(BOOKINGS),
            "--around", time.strftime("%Y-%m-%d"), "--latency", "0", "--record", record,
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        url = "http://" + simulator.stdout.readline().split()[-1]
        customer = Customer(kind, url)
        for round_name, change in (("full", None), ("unchanged", None), ("changed", 1)):
            if change:
                control(url, "POST", "changes", {"percent": change})
            counts(url)
            open(record, "w").close()
            full = ["--full"] if round_name == "full" else []
            seconds, memory = customer.run("load", "bookings", *full)
            numbers = counts(url)
            sent = sum(n for name, n in numbers["requests"].items() if name != "graph_parts")
            sent -= numbers["requests"]["token"]
            shutil.copy(record, record + ".once")
            control(url, "POST", "limits", {"enforced": False})
            rate = replayed(url, record + ".once")
            control(url, "POST", "limits", {"enforced": True})
            least = LEAST[kind, "full" if full else "changed"](MAILBOXES, BOOKINGS)
            yield (
                kind, round_name, sent, least, numbers["bytes"] / 1e6, seconds,
                seconds / (sent / rate), memory, sum(numbers["breaches"].values()),
            )
    finally:
        simulator.terminate()
        simulator.wait()


def main():
    print(f"{MAILBOXES} mailboxes x {BOOKINGS} bookings")
    head = ("source", "round", "requests", "least", "MB", "seconds", "x wrk", "MiB", "breaches")
    print("{:8} {:10} {:>8} {:>8} {:>8} {:>8} {:>8} {:>6} {:>8}".format(*head))
    for kind in ("graph", "ews", "google"):
        for row in measure(kind):
            print(
                "{:8} {:10} {:8} {:8} {:8.1f} {:8.2f} {:8.2f} {:6.0f} {:8}".format(*row),
                flush=True,
            )


main()
