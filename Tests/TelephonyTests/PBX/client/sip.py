"""As much of SIP (RFC 3261) as the clients of these tests need. Standard library only."""

import hashlib
import os
import re
import socket
import ssl


def random_word():
    return os.urandom(6).hex()


class Message:
    """One that came in: its first line, its headers, its body."""

    def __init__(self, data):
        head, _, self.body = data.decode("utf-8", "replace").partition("\r\n\r\n")
        lines = head.split("\r\n")
        self.first = lines[0]
        pairs = [line.partition(":")[::2] for line in lines[1:]]
        self.headers = [(name.strip().lower(), value.strip()) for name, value in pairs]

    def all(self, name):
        return [value for known, value in self.headers if known == name]

    def get(self, name):
        return (self.all(name) or [""])[0]

    @property
    def status(self):
        """Of an answer; 0 of a request."""
        words = self.first.split(" ")
        return int(words[1]) if words[0] == "SIP/2.0" else 0

    def answer(self, status="200 OK"):
        lines = [f"SIP/2.0 {status}"] + [f"Via: {via}" for via in self.all("via")]
        lines += [f"{name}: {self.get(name.lower())}" for name in ("From", "To", "Call-ID", "CSeq")]
        return "\r\n".join(lines + ["Content-Length: 0", "", ""]).encode()


def uri_of(value):
    """The address in a header such as Contact."""
    found = re.search(r"<([^>]*)>", value)
    return found.group(1) if found else value.split(";")[0]


class Client:
    """Somebody of a domain, at a port of their own, who talks to one proxy by UDP or TLS."""

    def __init__(self, proxy, domain, user, timeout=5.0, authority=None):
        host, port = proxy.rsplit(":", 1)
        self.proxy, self.domain, self.user = (host, int(port)), domain, user
        self.call_id, self.tag, self.cseq = f"{random_word()}@test", random_word(), 0
        self.transport = "TLS" if authority else "UDP"
        if authority:
            context = ssl.create_default_context(cafile=authority)
            plain = socket.create_connection(self.proxy, timeout=timeout)
            self.socket = context.wrap_socket(plain, server_hostname=domain)
        else:
            self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            self.socket.bind(("127.0.0.1", 0))
        self.socket.settimeout(timeout)
        self.port = self.socket.getsockname()[1]

    def request(self, method, uri, to=None, headers=(), body="", cseq=None, branch=None):
        """Sends one; what answers it comes by receive()."""
        if cseq is None:
            self.cseq += 1
            cseq = self.cseq
        self.branch = branch or f"z9hG4bK{random_word()}"
        lines = [
            f"{method} {uri} SIP/2.0",
            f"Via: SIP/2.0/{self.transport} 127.0.0.1:{self.port};branch={self.branch}",
            f"From: <sip:{self.user}@{self.domain}>;tag={self.tag}",
            f"To: {to or '<' + uri + '>'}",
            f"Call-ID: {self.call_id}",
            f"CSeq: {cseq} {method}",
            f"Contact: <sip:{self.user}@127.0.0.1:{self.port}>",
            "Max-Forwards: 70",
        ]
        lines += list(headers) + [f"Content-Length: {len(body.encode())}", "", body]
        self.send("\r\n".join(lines).encode())

    def take_refusal(self, uri, answer):
        """Sends the ACK of an INVITE that was refused, which is of the same transaction."""
        self.request("ACK", uri, to=answer.get("to"), cseq=self.cseq, branch=self.branch)

    def hang_up(self, answer):
        """Takes the answer to an INVITE, and ends the call."""
        routes = [f"Route: {route}" for route in reversed(answer.all("record-route"))]
        remote, to = uri_of(answer.get("contact")), answer.get("to")
        self.request("ACK", remote, to=to, headers=routes, cseq=self.cseq)
        self.request("BYE", remote, to=to, headers=routes)
        self.final()

    def send(self, data, address=None):
        if self.transport == "TLS":
            self.socket.sendall(data)
        else:
            self.socket.sendto(data, address or self.proxy)

    def receive(self):
        """The next message and whom it is from."""
        if self.transport == "TLS":
            return Message(self.socket.recv(65536)), self.proxy
        data, address = self.socket.recvfrom(65536)
        return Message(data), address

    def final(self):
        """The next answer that ends a request."""
        while True:
            message, _ = self.receive()
            if message.status >= 200:
                return message


def digest(challenge, method, uri, user, password):
    """The credentials that answer a WWW-Authenticate or Proxy-Authenticate (RFC 2617)."""
    asked = dict(re.findall(r'(\w+)="([^"]*)"', challenge))
    md5 = lambda text: hashlib.md5(text.encode()).hexdigest()
    first = md5(f"{user}:{asked['realm']}:{password}")
    second = md5(f"{method}:{uri}")
    response = md5(f"{first}:{asked['nonce']}:{second}")
    return (
        f'Digest username="{user}", realm="{asked["realm"]}", nonce="{asked["nonce"]}", '
        f'uri="{uri}", response="{response}"'
    )
