#!/bin/bash
# smtp-server 3.21.6 (npm), LMTP: two mailboxes that differ in the case of their letters are both accepted, and then merged into
# one; end of data draws one reply where RFC 2033 4.2 wants two. Guess: a reply for each RCPT that drew 250.
# RFC 5321 2.4: the local part is case-sensitive, only its host may know better. A client that counts waits for the second
# reply until its time is out, and the application sees one spelling only, the last. (Dovecot answers each RCPT, even doubled.)
set -euo pipefail
. "$(dirname "$0")/lib.sh"
npm_add smtp-server@3.21.6
cat >"$T/server.js" <<'JS'
const { SMTPServer } = require('smtp-server');
new SMTPServer({
  lmtp: true, authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'],
  onData(stream, session, done) {
    stream.resume();
    stream.on('end', () => done(null, 'stored for ' + session.envelope.rcptTo.map(r => r.address)));
  },
}).on('error', () => {}).listen(+process.argv[2], '127.0.0.1');
JS
PORT=$(free_port)
start server.log node "$T/server.js" "$PORT"
wait_port "$PORT" server.log
got=$(talk "$PORT" 'LHLO c.test' 'MAIL FROM:<a@example.test>' 'RCPT TO:<Jo@example.test>' 'RCPT TO:<jo@example.test>' \
  'RCPT TO:<al@example.test>' DATA 'Subject: x\r\n\r\nhi\r\n.')
same 'accepted recipients' 3 "$(grep -A1 '^> RCPT' <<<"$got" | grep -c '^250')"
same 'replies behind the dot' '250 stored for jo@example.test,al@example.test / 250 stored for jo@example.test,al@example.test' \
  "$(grep 'stored' <<<"$got" | sed 's/$/ \/ /' | tr -d '\n' | sed 's/ \/ $//')"
finish
