#!/usr/bin/env python3
"""Calls an extension, records what is heard, and prints one line of JSON.

    listen.py PROXY DOMAIN EXTENSION [--caller NUMBER] [--locale sv_SE] [--save FILE.wav] [--brief]

It answers what a person would ask of a diversion: who answered, how soon, and what was said. The
recording is compared byte for byte with the speech that the announced text makes, so that a wrong
codec, lost packets or a start that is cut off show as "is_heard_whole": false. With --brief the
caller hangs up when somebody answers, and hears nothing.
"""

import argparse
import json
import socket
import struct
import subprocess
import time
from urllib.parse import unquote

from sip import Client, uri_of

VOICES = {"sv_SE": "sv", "nb_NO": "nb", "en_GB": "en-gb"}


def speech(text, locale):
    """The sound of a text as A-law, as the announcement server makes it."""
    spoken = subprocess.run(
        ["espeak-ng", "-v", VOICES[locale], "-s", "150", "--stdin", "--stdout"],
        input=text.encode(), check=True, capture_output=True,
    ).stdout
    return subprocess.run(
        ["sox", "-D", "--ignore-length", "-t", "wav", "-", "-r", "8000", "-c", "1", "-t", "al", "-"],
        input=spoken, check=True, capture_output=True,
    ).stdout


class Recording:
    """What comes in by RTP."""

    def __init__(self):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.socket.setblocking(False)
        self.port = self.socket.getsockname()[1]
        self.frames = {}

    def take(self):
        try:
            while True:
                packet = self.socket.recv(2048)
                self.frames[struct.unpack("!H", packet[2:4])[0]] = packet[12:]
        except BlockingIOError:
            pass

    @property
    def lost(self):
        return max(self.frames) - min(self.frames) + 1 - len(self.frames) if self.frames else None

    @property
    def sound(self):
        return b"".join(frame for _, frame in sorted(self.frames.items()))


def call(proxy, domain, extension, caller, is_brief, limit=30.0):
    recording = Recording()
    client = Client(proxy, domain, caller, timeout=0.005)
    target = f"sip:{extension}@{domain}"
    start = time.monotonic()
    passed = lambda: round((time.monotonic() - start) * 1000)
    client.request(
        "INVITE", target, headers=["Content-Type: application/sdp"],
        body="\r\n".join([
            "v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "c=IN IP4 127.0.0.1", "t=0 0",
            f"m=audio {recording.port} RTP/AVP 8 0", "",
        ]),
    )
    told = {"status": None, "text": "", "rang_after_ms": None, "shown": ""}
    while time.monotonic() - start < limit:
        recording.take()
        try:
            message, address = client.receive()
        except TimeoutError:
            continue
        if message.first.startswith("BYE"):
            client.send(message.answer(), address)
            told["ended_after_ms"] = passed()
            break
        if message.status == 180 and told["rang_after_ms"] is None:
            told["rang_after_ms"] = passed()
        if message.status < 200 or told["status"] or not message.get("cseq").endswith("INVITE"):
            continue
        told.update(
            status=message.status, answered_after_ms=passed(),
            text=unquote(message.get("x-announcement")), shown=message.get("x-absence-info"),
        )
        if message.status >= 300:
            client.take_refusal(target, message)
            break
        remote, to = uri_of(message.get("contact")), message.get("to")
        routes = [f"Route: {route}" for route in reversed(message.all("record-route"))]
        client.request("ACK", remote, to=to, headers=routes, cseq=1)
        if is_brief or not told["text"]:  # of a person who answered there is nothing to record
            client.request("BYE", remote, to=to, headers=routes)
            break
    recording.take()
    told.update(packets=len(recording.frames), lost=recording.lost)
    return told, recording.sound


def main():
    parser = argparse.ArgumentParser()
    for name in ("proxy", "domain", "extension"):
        parser.add_argument(name)
    parser.add_argument("--caller", default="0701234567")
    parser.add_argument("--locale", default="sv_SE", choices=VOICES)
    parser.add_argument("--save")
    parser.add_argument("--brief", action="store_true")
    options = parser.parse_args()
    told, heard = call(
        options.proxy, options.domain, options.extension, options.caller, options.brief
    )
    if told["text"] and not options.brief:
        spoken = speech(told["text"], options.locale)
        told["is_heard_whole"] = heard[: len(spoken)] == spoken
        told["seconds"] = round(len(spoken) / 8000, 2)
    if options.save and heard:
        subprocess.run(
            ["sox", "-t", "al", "-r", "8000", "-c", "1", "-", options.save],
            input=heard, check=True,
        )
    print(json.dumps(told, ensure_ascii=False))


main()
