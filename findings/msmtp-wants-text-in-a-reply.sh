#!/bin/bash
# msmtp 1.8.23 (Debian): a reply of the code alone, "250" CRLF, is "an invalid reply", exit status 76; "250 " with a blank and
# nothing behind is fine. Guess: both or neither. RFC 5321 4.2: a client should cope with the code alone, blank or no blank.
# curl 7.88.1 and nodemailer 10.6.1 take it.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
deb msmtp msmtp=1.8.23-1
deb curl curl=7.88.1-10+deb12u15 libcurl4=7.88.1-10+deb12u15
npm_add nodemailer@10.6.1
printf 'From: a@example.test\r\n\r\nhi\r\n' >"$T/m.eml"
send() { in_root msmtp timeout 20 "$T/msmtp/usr/bin/msmtp" --file=/dev/null --host=127.0.0.1 --port="$PORT" --tls=off --auth=off \
  -f a@example.test b@example.test <"$T/m.eml" 2>&1; }
peer blank 'mail=250 '
rc=0; send || rc=$?
same 'code and a blank: exit status' 0 "$rc"
peer bare 'mail=250'
rc=0; send >"$T/out" || rc=$?
same 'code alone: exit status, words' '76 msmtp: the server sent an invalid reply' "$rc $(head -1 "$T/out")"
rc=0; in_root curl timeout 20 "$T/curl/usr/bin/curl" -sS "smtp://127.0.0.1:$PORT/c.test" --mail-from a@example.test \
  --mail-rcpt b@example.test -T "$T/m.eml" || rc=$?
same 'curl' 0 "$rc"
cat >"$T/send.js" <<'JS'
require('nodemailer').createTransport({ host: '127.0.0.1', port: +process.argv[2] })
  .sendMail({ from: 'a@example.test', to: 'b@example.test', text: 'hi' }).then(i => console.log(i.response), e => console.log(e.message));
JS
same nodemailer '250 taken' "$(timeout 20 node "$T/send.js" "$PORT")"
finish
