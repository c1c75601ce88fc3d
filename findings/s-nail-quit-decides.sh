#!/bin/bash
# s-nail 14.9.24 (Debian): the reply to QUIT decides. The message is accepted with 250 behind the dot; where QUIT then draws 501, s-nail says
# that it was not sent, ends with status 4 and keeps it in dead.letter, so that its user sends it again.
# Guess: sent, as msmtp, curl and MailKit say; RFC 5321 4.2.5: with that 250 the server has the message. No answer to QUIT at all is fine.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
deb snail s-nail=14.9.24-2
send() {
  echo hi | HOME=$T in_root snail timeout 20 "$T/snail/usr/bin/s-nail" -n -S v15-compat -S sendwait -S mta="smtp://127.0.0.1:$PORT" \
    -S smtp-auth=none -S hostname=c.test -S from=a@example.test -S DEAD="$T/dead.letter" -s one b@example.test
}
peer log 'quit=221 bye'
rc=0; send >"$T/out" 2>&1 || rc=$?
same '221 to QUIT: status, what is kept' '0 nothing' "$rc $([ -s "$T/dead.letter" ] && echo the message || echo nothing)"
peer log2 'quit=501 what?'
rc=0; send >"$T/out" 2>&1 || rc=$?
same '501 to QUIT: status, what is kept' '4 the message' "$rc $([ -s "$T/dead.letter" ] && echo the message || echo nothing)"
same 'the server took it' 1 "$(grep -ci '^DATA' "$T/log2")"
same 'what is said' 'yes' "$(grep -qi 'not sent' "$T/out" && echo yes || echo no)"
finish
