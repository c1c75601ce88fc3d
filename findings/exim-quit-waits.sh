#!/bin/bash
# Exim 4.96 (Debian): the reply to QUIT comes 200 ms late, over loopback too, unless the client closes its side right behind QUIT.
# Each reply before it comes at once. Exim says 221 into a connection that it holds back on, and then waits up to 200 ms for the
# client to close first, so that the port is spent on the client's side (TIME-WAIT, RFC 9293 3.6).
# Guess: 221 as fast as 250, and then a wait, as RFC 5321 4.1.1.10 has it (reply, then close). A client that waits for 221, as that
# section says it SHOULD, pays for it in each session; one that closes behind QUIT is served at once.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
exim_conf <<CF
begin routers
rest:
  driver = accept
  transport = none
begin transports
none:
  driver = appendfile
  file = /dev/null
  user = mail
CF
start exim.log exim -bdf
wait_port "$EXIM" exim.log
cat >"$T/timed.py" <<'PY'
import socket, sys, time
closes = sys.argv[2] == 'closes'
noop, quit = [], []
for _ in range(7):
    s = socket.create_connection(('127.0.0.1', int(sys.argv[1])), 10)
    s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    lines = s.makefile('rb')
    lines.readline()
    for command, times in ((b'NOOP\r\n', noop), (b'QUIT\r\n', quit)):
        begin = time.monotonic()
        s.sendall(command)
        if closes and times is quit:
            s.shutdown(socket.SHUT_WR)
        code = lines.readline()[:3]
        times.append(time.monotonic() - begin)
        assert code == (b'221' if times is quit else b'250'), code
def said(times):
    # the fastest of seven: a busy machine makes them slower, never faster
    return '180 ms and more' if min(times) >= 0.18 else 'less than 100 ms' if min(times) < 0.1 else f'{min(times):.3f} s'
print(f'NOOP {said(noop)}, QUIT {said(quit)}')
PY
same 'a client that waits for 221' 'NOOP less than 100 ms, QUIT 180 ms and more' "$(python3 "$T/timed.py" "$EXIM" waits)"
same 'a client that closes its side behind QUIT' 'NOOP less than 100 ms, QUIT less than 100 ms' \
  "$(python3 "$T/timed.py" "$EXIM" closes)"
finish
