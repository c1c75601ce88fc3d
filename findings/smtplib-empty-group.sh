#!/bin/bash
# Python 3.11.2 (Debian), smtplib.send_message: `To: undisclosed-recipients:;` with the real ones in Bcc sends `RCPT TO:<>` first.
# Guess: the empty group names nobody, so nobody is asked. RFC 5322 3.4 has this very group; RFC 5321 allows no empty recipient.
# A strict server refuses it, which send_message reports as one refused recipient with the name ''; and where the server takes
# it, the mail has a recipient that is nobody. nodemailer 10.6.1 asks for the real one alone.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
deb python $PYTHON_PACKAGES
npm_add nodemailer@10.6.1
peer log 'rcpt1=501 5.1.3 bad recipient address'
cat >"$T/send.py" <<'PY'
import email.message, smtplib, sys
m = email.message.EmailMessage()
m['From'], m['To'], m['Bcc'] = 'a@example.test', 'undisclosed-recipients:;', 'real@example.test'
m.set_content('hi')
with smtplib.SMTP('127.0.0.1', int(sys.argv[1]), timeout=20) as client:
    print(client.send_message(m))
PY
python "$T/send.py" "$PORT" >"$T/out"
same 'asked for' 'rcpt TO:<>/rcpt TO:<real@example.test>' "$(grep -i '^rcpt' "$T/log" | paste -sd/)"
same 'returned' "{'': (501, b'5.1.3 bad recipient address')}" "$(cat "$T/out")"
peer log2
cat >"$T/send.js" <<'JS'
require('nodemailer').createTransport({ host: '127.0.0.1', port: +process.argv[2] })
  .sendMail({ from: 'a@example.test', to: 'undisclosed-recipients:;', bcc: 'real@example.test', text: 'hi' });
JS
timeout 20 node "$T/send.js" "$PORT"
same 'nodemailer asks for' 'RCPT TO:<real@example.test>' "$(grep -i '^rcpt' "$T/log2" | paste -sd/)"
finish
