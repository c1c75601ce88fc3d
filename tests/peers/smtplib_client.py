"""Sends the message on standard input with smtplib: PORT none|starttls|implicit USER PASSWORD MECHANISM [RECIPIENT...]; USER - for no login.
With PEER_PROTOCOL=lmtp it speaks LMTP."""
import os
import smtplib
import ssl
import sys

port, tls, user, password, mechanism = int(sys.argv[1]), *sys.argv[2:6]
context = ssl.create_default_context()
# the certificate is of a test's own making
context.check_hostname = False
context.verify_mode = ssl.CERT_NONE
if tls == "implicit":
    client = smtplib.SMTP_SSL("127.0.0.1", port, local_hostname="client.example.test", context=context)
elif os.environ.get("PEER_PROTOCOL") == "lmtp":
    client = smtplib.LMTP("127.0.0.1", port, local_hostname="client.example.test")
else:
    client = smtplib.SMTP("127.0.0.1", port, local_hostname="client.example.test")
    if tls == "starttls":
        client.starttls(context=context)
if user != "-":
    client.ehlo()
    client.user, client.password = user, password
    client.auth(mechanism, getattr(client, "auth_" + mechanism.lower().replace("-", "_")))
message = sys.stdin.buffer.read()
# octets are sent as they are, and a text has its line ends made right
client.sendmail("sender@example.test", sys.argv[6:] or ["recipient@example.test"], message.decode("ascii") if sys.argv[6:] else message)
client.quit()
