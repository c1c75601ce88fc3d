#!/bin/bash
# swaks 20201014.0 (Debian): 251 to RCPT, "user not local; will forward", counts as a refusal; exit status 24, nothing is sent.
# Guess: 251 is a success, as RFC 5321 3.4 and 4.3.2 say of RCPT; curl and nodemailer go on. swaks takes 250 alone.
# Against a server that forwards, swaks reports "no valid recipients" for mail that any mail client gets through.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
need perl
deb swaks swaks=20201014.0-2
peer log 'rcpt1=251 will forward' 'rcpt2=250 ok' 'rcpt=251 will forward'
send() { timeout 40 perl "$T/swaks/usr/bin/swaks" -4 --server 127.0.0.1 --port "$PORT" --helo c.test --from a@example.test "$@"; }
rc=0; send --to b@example.test >"$T/out" || rc=$?
same 'one recipient, 251: exit status and what it shows' '24 <** 251 will forward' "$rc $(grep 251 "$T/out")"
rc=0; send --to b@example.test,c@example.test >"$T/out" || rc=$?
same 'two, 251 and 250: exit status, DATA sent' '0 1' "$rc $(grep -c '^DATA' "$T/log")"
same 'how the refused one shows' '<** 251 will forward' "$(grep 251 "$T/out")"
finish
