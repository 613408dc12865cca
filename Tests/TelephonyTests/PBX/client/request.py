#!/usr/bin/env python3
"""Sends one request and prints the status of its answer, then that with an account, if asked.

    request.py PROXY DOMAIN METHOD EXTENSION [--from USER] [--account USER:PASSWORD]
               [--authority FILE] [--header "Name: value"]... [--body TEXT] [--uri URI]

With --authority by TLS, to a server whose certificate that file vouches for. With --uri for that
address in place of the extension's. 0 where no answer comes in a second.
"""

import argparse

from sip import Client, digest


def main():
    parser = argparse.ArgumentParser()
    for name in ("proxy", "domain", "method", "extension"):
        parser.add_argument(name)
    parser.add_argument("--from", dest="user")
    parser.add_argument("--account")
    parser.add_argument("--authority")
    parser.add_argument("--header", action="append", default=[])
    parser.add_argument("--body", default="")
    parser.add_argument("--uri")
    given = parser.parse_args()
    user = given.user or given.extension
    client = Client(given.proxy, given.domain, user, timeout=1.0, authority=given.authority)
    own = f"sip:{given.domain}"
    uri = own if given.method == "REGISTER" else f"sip:{given.extension}@{given.domain}"
    uri = given.uri or uri
    to = f"<sip:{given.extension}@{given.domain}>"
    client.request(given.method, uri, to=to, headers=given.header, body=given.body)
    try:
        answer = client.final()
    except TimeoutError:
        print(0)
        return
    statuses = [answer.status]
    challenge = answer.get("www-authenticate") or answer.get("proxy-authenticate")
    if given.account and challenge:
        if given.method == "INVITE":
            client.take_refusal(uri, answer)
        name, password = given.account.split(":")
        header = "Authorization" if answer.status == 401 else "Proxy-Authorization"
        credentials = digest(challenge, given.method, uri, name, password)
        client.request(
            given.method, uri, to=to, headers=given.header + [f"{header}: {credentials}"],
            body=given.body,
        )
        answer = client.final()
        statuses.append(answer.status)
    if given.method == "INVITE" and answer.status >= 300:
        client.take_refusal(uri, answer)
    elif given.method == "INVITE":
        client.hang_up(answer)
    print(*statuses)


main()
