#!/bin/bash
# smtp-server 3.21.6 (npm): a recipient at an ASCII domain (A-label, xn--) is handed to the application as UTF-8, though the
# client did not say SMTPUTF8 and the session says `smtpUtf8: false`. Guess: the address as it came.
# What the application compares with its list of domains is not what was on the wire, and what it passes on needs SMTPUTF8
# at the next hop (RFC 6531 3.2), where the ASCII form would have gone through.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
npm_add smtp-server@3.21.6
cat >"$T/server.js" <<'JS'
const { SMTPServer } = require('smtp-server');
new SMTPServer({
  authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'],
  onRcptTo(rcpt, session, done) { console.log(rcpt.address, session.envelope.smtpUtf8); done(); },
}).on('error', () => {}).listen(+process.argv[2], '127.0.0.1');
JS
PORT=$(free_port)
start server.log node "$T/server.js" "$PORT"
wait_port "$PORT"
talk "$PORT" 'EHLO c.test' 'MAIL FROM:<a@example.test>' 'RCPT TO:<b@xn--bcher-kva.test>' QUIT >"$T/out"
same 'the reply' '250 Accepted' "$(grep -A1 '^> RCPT' "$T/out" | tail -1)"
same 'address, smtpUtf8' 'b@bücher.test false' "$(cat "$T/server.log")"
finish
