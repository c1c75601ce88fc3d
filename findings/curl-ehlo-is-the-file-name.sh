#!/bin/bash
# curl 7.88.1 (Debian): with `-T FILE` and a URL without a path, curl greets the server with the name of the file.
# Guess: EHLO with the host's name or localhost, as with `-T -` (standard input). In an smtp:// URL the path is the name for EHLO,
# and curl's upload adds the file's name to a URL that has no path. So a draft called `offer to acme.eml` is told to the server
# before anything else, blanks and all; a server that checks the name may refuse it. A name in the URL's path prevents it.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
deb curl curl=7.88.1-10+deb12u15 libcurl4=7.88.1-10+deb12u15
printf 'Subject: x\r\n\r\nhi\r\n' >"$T/offer.eml"
send() { in_root curl timeout 20 "$T/curl/usr/bin/curl" -sS --mail-from a@example.test --mail-rcpt b@example.test "$@" <"$T/offer.eml"; }
peer log
send "smtp://127.0.0.1:$PORT" -T "$T/offer.eml"
same '-T FILE' 'EHLO offer.eml' "$(grep EHLO "$T/log")"
send "smtp://127.0.0.1:$PORT/client.example.test" -T "$T/offer.eml"
same '-T FILE, a path in the URL' 'EHLO client.example.test' "$(grep EHLO "$T/log" | tail -1)"
send "smtp://127.0.0.1:$PORT" -T -
name=$(grep EHLO "$T/log" | tail -1)
same '-T -' "EHLO $(hostname)" "$name"
finish
