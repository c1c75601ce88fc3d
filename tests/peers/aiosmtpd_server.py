"""aiosmtpd on 127.0.0.1, which takes mail for example.test and throws it away. Started by aiosmtpd.sh with the port."""
import asyncio
import os
import sys

import aiosmtpd.smtp

# Out of the box it hangs up after five unknown commands, which ends most of a fuzzer's sessions.
aiosmtpd.smtp.BOGUS_LIMIT = int(os.environ.get("AIOSMTPD_BOGUS", "1000000"))


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        address = address.lower()
        if not address.endswith("@example.test"):
            return "554 5.7.1 relay access denied"
        if address == "refused@example.test":
            return "550 5.1.1 no such user"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        return "250 OK: dropped"


async def main(port):
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: aiosmtpd.smtp.SMTP(Handler(), hostname="mx.example.test", timeout=60, loop=loop),
        "127.0.0.1", port, backlog=200)
    await server.serve_forever()


asyncio.run(main(int(sys.argv[1])))
