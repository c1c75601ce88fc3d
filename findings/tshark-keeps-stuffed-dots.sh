#!/bin/bash
# tshark 4.0.17 (Debian): `--export-objects imf` writes the message with the dots that SMTP doubled still doubled.
# Guess: the message as it was mailed, for the dot that ends it is taken off. RFC 5321 4.5.2: the receiver deletes the first of
# the dots. A message got out of a capture differs from the one delivered; hashes and DKIM's body hash do not match.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
deb tshark tshark=4.0.17-0+deb12u3
capture "$T/c.pcap" '< 220 mx\r\n' '> EHLO c\r\n' '< 250 mx\r\n' '> MAIL FROM:<a@b.test>\r\n' '< 250 ok\r\n' \
  '> RCPT TO:<b@b.test>\r\n' '< 250 ok\r\n' '> DATA\r\n' '< 354 go\r\n' '> Subject: dots\r\n\r\n..profile\r\n...\r\nlast\r\n.\r\n' \
  '< 250 ok\r\n' '> QUIT\r\n' '< 221 bye\r\n'
tshark -r "$T/c.pcap" -Q --export-objects "imf,$T/out"
same 'exported' 'Subject: dots//..profile/.../last/' "$(tr -d '\r' <"$T"/out/* | tr '\n' /)"
finish
