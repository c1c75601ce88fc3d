"""aiosmtpd on 127.0.0.1, which takes mail for example.test and throws it away. Started by aiosmtpd.sh with the port.

With PEER_USER it is a submission server: TLS with the files PEER_CERT and PEER_KEY, and the login of PEER_USER with
PEER_PASSWORD before any mail. With PEER_PROTOCOL=lmtp it speaks LMTP. With PEER_RELAY mail is sent on, by smtplib, to the server at that
port of 127.0.0.1.
"""
import asyncio
import os
import smtplib
import ssl
import sys

import aiosmtpd.lmtp
import aiosmtpd.smtp

# Out of the box it hangs up after five unknown commands, which ends most of a fuzzer's sessions.
aiosmtpd.smtp.BOGUS_LIMIT = int(os.environ.get("AIOSMTPD_BOGUS", "1000000"))


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if not address.lower().endswith("@example.test"):
            return "554 5.7.1 relay access denied"
        if address.lower() == "refused@example.test":
            return "550 5.1.1 no such user"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if RELAY:
            await asyncio.get_running_loop().run_in_executor(None, send_on, envelope)
            return "250 OK: sent on"
        return "250 OK: dropped"


RELAY = int(os.environ.get("PEER_RELAY", "0"))


# smtplib says SIZE by itself
def body(envelope):
    return [option for option in envelope.mail_options if option.upper().startswith("BODY=")]


def send_on(envelope):
    with smtplib.SMTP("127.0.0.1", RELAY, "mx.example.test") as client:
        client.sendmail(envelope.mail_from, envelope.rcpt_tos, envelope.original_content, mail_options=body(envelope))


def entrance():
    user = os.environ.get("PEER_USER")
    if not user:
        return {}
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(os.environ["PEER_CERT"], os.environ["PEER_KEY"])
    right = (user.encode(), os.environ["PEER_PASSWORD"].encode())

    def authenticate(server, session, envelope, mechanism, data):
        # "handled" would say that the handler has answered a wrong password itself
        return aiosmtpd.smtp.AuthResult(success=(data.login, data.password) == right, handled=False)

    return {"tls_context": context, "require_starttls": True, "auth_required": True, "authenticator": authenticate}


PROTOCOL = aiosmtpd.lmtp.LMTP if os.environ.get("PEER_PROTOCOL") == "lmtp" else aiosmtpd.smtp.SMTP


async def main(port):
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: PROTOCOL(Handler(), hostname="mx.example.test", timeout=60, loop=loop, **entrance()),
        os.environ.get("AIOSMTPD_ADDRESS", "127.0.0.1"), port, backlog=200)
    await server.serve_forever()


asyncio.run(main(int(sys.argv[1])))
