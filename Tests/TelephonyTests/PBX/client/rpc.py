#!/usr/bin/env python3
"""Gives Kamailio a command as JSON-RPC by datagrams, and prints the result.

    rpc.py SOCKET METHOD PARAMETER...
"""

import json
import os
import socket
import sys

server, method, *parameters = sys.argv[1:]
own = f"{server}.{os.getpid()}"
with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as client:
    client.bind(own)
    client.settimeout(5)
    request = {"jsonrpc": "2.0", "id": 1, "method": method, "params": parameters}
    try:
        client.sendto(json.dumps(request).encode(), server)
        answer = json.loads(client.recv(65536))
    finally:
        os.unlink(own)
print(json.dumps(answer.get("result", answer)))
