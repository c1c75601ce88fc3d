#!/bin/bash
# aiosmtpd 1.4.3-1.1+deb12u1 (Debian): where handle_DATA raises, the end of data draws 500 and the transaction stays open: the next MAIL draws "503
# nested MAIL command", and RCPT and DATA without MAIL send the message again to the recipients of the one that was refused, and to more.
# Guess: 500, and then MAIL draws 250, as behind a refusal that handle_DATA returns. RFC 5321 4.1.1.4: the buffers are cleared at the end of data.
# A client that goes on in the session without RSET has its next messages refused for a fault of one.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
need python3
deb aiosmtpd python3-aiosmtpd=1.4.3-1.1+deb12u1 python3-attr=22.2.0-1 python3-public=2.3-4
cat >"$T/server.py" <<'PY'
import asyncio, sys
from aiosmtpd.smtp import SMTP
class Handler:
    async def handle_DATA(self, server, session, envelope):
        if b'raise' in envelope.content:
            raise RuntimeError('a fault')
        return '554 refused' if b'refuse' in envelope.content else '250 to ' + ' and '.join(envelope.rcpt_tos)
async def main():
    loop = asyncio.get_running_loop()
    await loop.create_server(lambda: SMTP(Handler(), hostname='mx', loop=loop), '127.0.0.1', int(sys.argv[1]))
    await asyncio.sleep(120)
asyncio.run(main())
PY
PORT=$(free_port)
start server.log env PYTHONPATH="$T/aiosmtpd/usr/lib/python3/dist-packages" python3 -W ignore "$T/server.py" "$PORT"
wait_port "$PORT" server.log
behind() { talk "$PORT" 'EHLO c' 'MAIL FROM:<a@example.test>' 'RCPT TO:<b@example.test>' DATA "$1\r\n." "${@:2}" | sed -n "/^> $1/,\$p" | grep -v '^>' | tr '\n' '/'; }
same 'MAIL behind a refusal' '554 refused/250 OK/' "$(behind refuse 'MAIL FROM:<c@example.test>')"
same 'MAIL behind a fault' '500 Error: (RuntimeError) a fault/503 Error: nested MAIL command/' "$(behind raise 'MAIL FROM:<c@example.test>')"
same 'a message behind a fault' '250 to b@example.test and d@example.test/' "$(behind raise 'RCPT TO:<d@example.test>' DATA 'text\r\n.' | cut -d/ -f4-)"
finish
