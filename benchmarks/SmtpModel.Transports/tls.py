#!/usr/bin/env python3
"""Puts two servers with STARTTLS beside each other: handshakes a second, and messages a second on connections that stay.

usage: tls.py PORT OTHER_PORT [seconds] [processes] [rounds]
Both listen on 127.0.0.1 and take mail for b@example.test. They are measured by turns, so that what else the machine does hits both; what is
printed is the median, and the median of the ratios. The clients, Python's ssl, take the same processors as the servers, so that a ratio of
handshakes is nearer to 1 than that of the servers alone.
"""
import multiprocessing
import socket
import ssl
import statistics
import sys
import time

CONTEXT = ssl.create_default_context()
# the certificate is of one's own making
CONTEXT.check_hostname = False
CONTEXT.verify_mode = ssl.CERT_NONE
TEXT = b"Subject: load\r\n\r\n" + (b"y" * 70 + b"\r\n") * 14 + b".\r\n"


def ask(stream, line, code):
    stream.sendall(line)
    reply = b""
    while not (reply.endswith(b"\r\n") and reply.split(b"\r\n")[-2][3:4] == b" "):
        part = stream.recv(4096)
        if not part:
            raise EOFError(f"closed behind {reply}")
        reply += part
    if reply.split(b"\r\n")[-2][:3] != code:
        raise ValueError(f"{line} drew {reply}")


def secured(port):
    plain = socket.create_connection(("127.0.0.1", port))
    plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    ask(plain, b"", b"220")
    ask(plain, b"EHLO client.example.test\r\n", b"250")
    ask(plain, b"STARTTLS\r\n", b"220")
    return CONTEXT.wrap_socket(plain)


def handshakes(port, end):
    count = 0
    while time.monotonic() < end:
        secured(port).close()
        count += 1
    return count


def messages(port, end):
    count = 0
    stream = secured(port)
    ask(stream, b"EHLO client.example.test\r\n", b"250")
    while time.monotonic() < end:
        ask(stream, b"MAIL FROM:<a@example.test>\r\n", b"250")
        ask(stream, b"RCPT TO:<b@example.test>\r\n", b"250")
        ask(stream, b"DATA\r\n", b"354")
        ask(stream, TEXT, b"250")
        count += 1
    return count


def rate(what, port, seconds, processes):
    begun = time.monotonic()
    with multiprocessing.Pool(processes) as pool:
        done = sum(pool.starmap(what, [(port, begun + seconds)] * processes))
    return done / (time.monotonic() - begun)


def main(port, other, seconds=4, processes=4, rounds=5):
    for what in (handshakes, messages):
        pairs = []
        # the first round only warms up
        for count in range(rounds + 1):
            pair = rate(what, port, seconds, processes), rate(what, other, seconds, processes)
            if count > 0:
                pairs.append(pair)
        own, others = (statistics.median(side) for side in zip(*pairs))
        print(f"{what.__name__} a second: {own:.0f} against {others:.0f}, ratio {statistics.median(a / b for a, b in pairs):.2f}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(*map(int, sys.argv[1:]))
