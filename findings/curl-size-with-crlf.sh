#!/bin/bash
# curl 7.88.1 (Debian): with --crlf, curl announces a size in MAIL that is too small: one octet less for each line.
# Guess: it counts what it sends, or leaves SIZE out. RFC 1870 4: the size counts the CR and LF of each line, as transmitted.
# The number is the file's length, before --crlf turns each LF into CR LF; without --crlf the LFs go out bare (RFC 5321 2.3.8).
# So a file with the system's own line ends has either a wrong announcement or wrong line ends.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
deb curl curl=7.88.1-10+deb12u15 libcurl4=7.88.1-10+deb12u15
{ printf 'Subject: x\n\n'; seq -f 'line %g' 1 100; } >"$T/m.eml"
peer log 'ehlo=250-peer.test|250 SIZE 100000'
in_root curl timeout 20 "$T/curl/usr/bin/curl" -sS --crlf "smtp://127.0.0.1:$PORT/client.test" \
  --mail-from a@example.test --mail-rcpt b@example.test -T "$T/m.eml"
same 'announced' 'MAIL FROM:<a@example.test> SIZE=804' "$(grep MAIL "$T/log")"
same 'octets sent' 906 "$(sed -n 's/^  \(.*\)/\1\r/p' "$T/log" | wc -c)"
finish
