#!/bin/bash
# 299 behind the dot: three clients report a failure for mail that was taken, with 2yz, two report success.
# Guess: a client goes by the first digit, as RFC 5321 4.2 and 4.3.2 tell it to with codes it does not know.
# smtplib (Python 3.11.2), curl 7.88.1 and msmtp 1.8.23 fail; nodemailer 10.6.1 and s-nail 14.9.24 go by the digit.
# Whoever gives end of data a code of its own gets the same message again from the first three.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
deb python $PYTHON_PACKAGES
deb curl curl=7.88.1-10+deb12u15 libcurl4=7.88.1-10+deb12u15
deb msmtp msmtp=1.8.23-1
deb s-nail s-nail=14.9.24-2
npm_add nodemailer@10.6.1
peer log 'dot=299 taken, and more'
printf 'From: a@example.test\r\nTo: b@example.test\r\nSubject: x\r\n\r\nhi\r\n' >"$T/m.eml"
cat >"$T/send.py" <<'PY'
import smtplib, sys
try:
    print(smtplib.SMTP('127.0.0.1', int(sys.argv[1]), timeout=20).sendmail('a@example.test', ['b@example.test'], 'Subject: x\r\n\r\nhi'))
except smtplib.SMTPException as e:
    print(repr(e))
PY
same smtplib "SMTPDataError(299, b'taken, and more')" "$(python "$T/send.py" "$PORT")"
same 'curl, exit status' 8 "$(in_root curl timeout 20 "$T/curl/usr/bin/curl" -s "smtp://127.0.0.1:$PORT/c.test" \
  --mail-from a@example.test --mail-rcpt b@example.test -T "$T/m.eml" || echo $?)"
same 'msmtp, exit status' 69 "$(in_root msmtp timeout 20 "$T/msmtp/usr/bin/msmtp" --file=/dev/null --host=127.0.0.1 --port="$PORT" \
  --tls=off --auth=off -f a@example.test b@example.test <"$T/m.eml" 2>/dev/null || echo $?)"
cat >"$T/send.js" <<'JS'
require('nodemailer').createTransport({ host: '127.0.0.1', port: +process.argv[2] })
  .sendMail({ from: 'a@example.test', to: 'b@example.test', text: 'hi' }).then(i => console.log(i.response), e => console.log(e.message));
JS
same nodemailer '299 taken, and more' "$(timeout 20 node "$T/send.js" "$PORT")"
rc=0
HOME=$T timeout 20 "$T/s-nail/usr/bin/s-nail" -:/ -Ssendwait -Sv15-compat -Smta="smtp://127.0.0.1:$PORT" -Ssmtp-auth=none \
  -Sfrom=a@example.test -s x b@example.test <<<hi || rc=$?
same 's-nail, exit status' 0 "$rc"
finish
