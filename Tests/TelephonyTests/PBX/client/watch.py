#!/usr/bin/env python3
"""Watches an extension as a softphone or a busy lamp does, and prints each thing it is told.

    watch.py PROXY DOMAIN EXTENSION presence|dialog SECONDS

One line of JSON a NOTIFY (RFC 3856, RFC 4235).
"""

import json
import sys
import time
import xml.etree.ElementTree as ElementTree

from sip import Client

ACCEPTED = {"presence": "application/pidf+xml", "dialog": "application/dialog-info+xml"}


def local(tag):
    return tag.rsplit("}", 1)[-1]


def digest(body):
    """What a document says: open or closed, why and until when, or the states of dialogs."""
    if not body.strip():
        return {}
    root = ElementTree.fromstring(body)
    said = {}
    for element in root.iter():
        name = local(element.tag)
        if name == "basic" and "basic" not in said:
            said["basic"] = (element.text or "").strip()
        elif name == "activities" and "what" not in said:
            said["what"] = [local(child.tag) for child in element]
            said["until"] = element.get("until")
        elif name == "note":
            said.setdefault("notes", []).append(element.text)
        elif name == "dialog":
            states = [child.text for child in element if local(child.tag) == "state"]
            said.setdefault("dialogs", []).append([element.get("id")] + states)
    return said


def main():
    proxy, domain, extension, event, seconds = sys.argv[1:]
    client = Client(proxy, domain, "200")
    client.request(
        "SUBSCRIBE", f"sip:{extension}@{domain}",
        headers=[f"Event: {event}", f"Accept: {ACCEPTED[event]}", "Expires: 600"],
    )
    end = time.monotonic() + float(seconds)
    while time.monotonic() < end:
        client.socket.settimeout(max(0.001, end - time.monotonic()))
        try:
            message, address = client.receive()
        except TimeoutError:
            break
        if message.first.startswith("NOTIFY"):
            client.send(message.answer(), address)
            print(json.dumps(digest(message.body), ensure_ascii=False), flush=True)


main()
