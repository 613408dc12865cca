"""An HTTP server that lets nobody in but by NTLM, with pyspnego as the acceptor.

Usage: ntlm_server.py PORT USERS [CERTIFICATE KEY [BOUND-CERTIFICATE]] [--uses N]

USERS is a file of lines DOMAIN:user:password. With a certificate and its key, in PEM, it speaks
TLS and demands a channel binding (RFC 5929) to that certificate, or to another one where that is
named. After N requests a connection is closed. Answers 200 with how many handshakes there were,
how many requests this connection has seen, and the body.
"""

import argparse
import base64
import hashlib
import http.server
import os
import ssl
import sys

import spnego
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from spnego.channel_bindings import GssChannelBindings

handshakes = 0


def binding(path):
    with open(path, "rb") as file:
        certificate = x509.load_pem_x509_certificate(file.read())
    name = certificate.signature_hash_algorithm.name
    name = "sha256" if name in ("md5", "sha1") else name
    der = certificate.public_bytes(Encoding.DER)
    digest = hashlib.new(name, der).digest()
    return GssChannelBindings(application_data=b"tls-server-end-point:" + digest)


class Handler(http.server.BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    context = None
    requests = 0
    expected = None
    uses = 0

    def do_POST(self):
        global handshakes
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.requests += 1
        if self.uses and self.requests >= self.uses:
            self.close_connection = True
        scheme, _, token = (self.headers.get("Authorization") or "").partition(" ")
        if scheme == "NTLM":
            token = base64.b64decode(token)
            if token[8] == 1:
                handshakes += 1
                self.context = spnego.server(
                    protocol="ntlm", channel_bindings=self.expected, options=spnego.NegotiateOptions.use_ntlm
                )
            try:
                challenge = self.context.step(token)
            except Exception as error:
                print(f"refused: {error}", file=sys.stderr, flush=True)
                self.context = None
                return self.respond(401)
            if not self.context.complete:
                return self.respond(401, challenge)
        if self.context is None or not self.context.complete:
            return self.respond(401)
        self.respond(200, body=b"%d %d " % (handshakes, self.requests) + body)

    def respond(self, status, challenge=b"", body=b""):
        self.send_response(status)
        if status == 401:
            self.send_header("WWW-Authenticate", "Negotiate")
            value = " " + base64.b64encode(challenge).decode() if challenge else ""
            self.send_header("WWW-Authenticate", "NTLM" + value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    parser.add_argument("users")
    parser.add_argument("tls", nargs="*")
    parser.add_argument("--uses", type=int, default=0)
    arguments = parser.parse_args()
    os.environ["NTLM_USER_FILE"] = arguments.users
    Handler.uses = arguments.uses
    server = http.server.ThreadingHTTPServer(("127.0.0.1", arguments.port), Handler)
    if arguments.tls:
        certificate, key, *other = arguments.tls
        Handler.expected = binding(other[0] if other else certificate)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    server.serve_forever()


main()
