#!/bin/bash
# aiosmtpd 1.4.3-1.1+deb12u1 (Debian): an authenticator that returns AuthResult(success=False), and nothing else, leaves a wrong password without
# any reply; the next command is answered as if nothing had been. Guess: 535, as success=True by itself draws 235.
# "handled" is True where it is left out, and then says that the authenticator has answered the failure itself; a success is
# answered all the same. RFC 5321 4.2: each command draws one reply. A client waits until its time is out, here 1.5 s.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
need python3
deb aiosmtpd python3-aiosmtpd=1.4.3-1.1+deb12u1 python3-attr=22.2.0-1 python3-public=2.3-4
cat >"$T/server.py" <<'PY'
import asyncio, sys
from aiosmtpd.smtp import SMTP, AuthResult
def decide(server, session, envelope, mechanism, data):
    return AuthResult(success=data.password == b'right')
def explicit(server, session, envelope, mechanism, data):
    return AuthResult(success=data.password == b'right', handled=False)
async def main():
    loop = asyncio.get_running_loop()
    for port, who in ((int(sys.argv[1]), decide), (int(sys.argv[2]), explicit)):
        await loop.create_server(lambda who=who: SMTP(object(), hostname='mx', loop=loop, authenticator=who, auth_require_tls=False),
                                 '127.0.0.1', port)
    await asyncio.sleep(120)
asyncio.run(main())
PY
PORT=$(free_port); OTHER=$(free_port)
start server.log env PYTHONPATH="$T/aiosmtpd/usr/lib/python3/dist-packages" python3 -W ignore "$T/server.py" "$PORT" "$OTHER"
wait_port "$PORT" server.log
codes() { grep -v '^250-' <<<"$1" | sed -n '/^> AUTH/,$p' | cut -c1-12 | tr '\n' '/'; }
plain() { printf '\0someone\0%s' "$1" | base64; }
same 'wrong password' '> AUTH PLAIN/> NOOP/250 OK/' "$(codes "$(talk "$PORT" 'EHLO c' "AUTH PLAIN $(plain wrong)" NOOP)")"
same 'right password' '> AUTH PLAIN/235 2.7.0 Au/' "$(codes "$(talk "$PORT" 'EHLO c' "AUTH PLAIN $(plain right)")")"
same 'handled=False' '> AUTH PLAIN/535 5.7.8 Au/' "$(codes "$(talk "$OTHER" 'EHLO c' "AUTH PLAIN $(plain wrong)")")"
finish
