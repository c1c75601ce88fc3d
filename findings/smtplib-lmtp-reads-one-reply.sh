#!/bin/bash
# Python 3.11.2 (Debian), smtplib.LMTP against smtp-server 3.21.6 (npm) in LMTP mode: of the replies behind the dot, one for each
# recipient (RFC 2033 4.2), smtplib reads one. Guess: a class named LMTP reads them all and tells which recipient failed.
# Seen: "mailbox full" of the second recipient is not reported; it then comes up as a refusal of the *sender* of the next
# message, for it is taken for the reply to MAIL. Where both mailboxes take the mail, each later reply is one off, until DATA
# of the next message seems to be answered 250.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
deb python $PYTHON_PACKAGES
npm_add smtp-server@3.21.6
cat >"$T/server.js" <<'JS'
const { SMTPServer } = require('smtp-server');
new SMTPServer({
  lmtp: true, authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'],
  onData(stream, session, done) {
    stream.resume();
    const answer = r => r.address.startsWith('full') ? new Error('mailbox full') : 'stored';
    stream.on('end', () => done(null, session.envelope.rcptTo.map(answer)));
  },
}).on('error', () => {}).listen(+process.argv[2], '127.0.0.1');
JS
PORT=$(free_port)
start server.log node "$T/server.js" "$PORT"
wait_port "$PORT" server.log
cat >"$T/send.py" <<'PY'
import smtplib, sys
for second in ('full@example.test', 'fine@example.test'):
    client = smtplib.LMTP('127.0.0.1', int(sys.argv[1]), timeout=20)
    for rcpts in (['ok@example.test', second], ['ok@example.test']):
        try:
            print('refused:', client.sendmail('a@example.test', rcpts, 'Subject: x\r\n\r\nhi\r\n'))
        except smtplib.SMTPException as e:
            print(repr(e))
PY
got=$(timeout 60 bash -c "$(declare -f python in_root); T=$T; python $T/send.py $PORT")
same 'message to one good, one full mailbox' 'refused: {}' "$(sed -n 1p <<<"$got")"
same 'next message, to the good one' "SMTPSenderRefused(450, b'mailbox full', 'a@example.test')" "$(sed -n 2p <<<"$got")"
same 'message to two good ones' 'refused: {}' "$(sed -n 3p <<<"$got")"
same 'next message' "SMTPDataError(250, b'Accepted')" "$(sed -n 4p <<<"$got")"
same 'what the server answered at the end of data' '250 stored/450 mailbox full' \
  "$(talk "$PORT" 'LHLO c.test' 'MAIL FROM:<a@example.test>' \
  'RCPT TO:<ok@example.test>' 'RCPT TO:<full@example.test>' DATA 'Subject: x\r\n\r\nhi\r\n.' | tail -2 | paste -sd/)"
finish
