#!/bin/bash
# nodemailer 10.6.1: 250 to DATA is taken for 354: the message goes out, and each line of it is a command to the server, which answers it.
# Guess: an error, as curl, smtplib, msmtp and swaks have it; RFC 5321 4.1.1.4 has the text sent behind 354 only.
# The final reply is then the one to the first line of the message, so that mail is reported as sent that nobody took.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
npm_add nodemailer@10.6.1
cat >"$T/send.js" <<'JS'
require('nodemailer').createTransport({ host: '127.0.0.1', port: +process.argv[2] })
  .sendMail({ from: 'a@example.test', to: 'b@example.test', subject: 'one', text: 'hi' })
  .then(i => console.log('sent:', i.response), e => console.log('failed:', e.message));
JS
peer log 'data=250 ok' 'other=250 as you like'
same 'what is told' 'sent: 250 as you like' "$(timeout 20 node "$T/send.js" "$PORT")"
same 'the first lines of the message came as commands' 'yes' "$(grep -qiE '^(From:|Content-Type:|Subject:)' "$T/log" && echo yes || echo no)"
peer log2 'data=550 no'
same 'and where DATA is refused' 'failed' "$(timeout 20 node "$T/send.js" "$PORT" | cut -d: -f1)"
finish
