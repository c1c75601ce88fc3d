#!/bin/bash
# smtp-server 3.21.6 (npm): a response that is no base64 is decoded all the same, and logs in where the rest of it does: letters
# behind the end of the padding, and characters that the alphabet has not, are passed over. Guess: 501.
# RFC 4954 4: what cannot be decoded MUST draw 501, any character outside the alphabet and = anywhere but at the end among it. Node's
# Buffer.from(text, 'base64') skips what it does not know. A response cut or mangled on its way is told as a wrong password, 535.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
npm_add smtp-server@3.21.6
cat >"$T/server.js" <<'JS'
const { SMTPServer } = require('smtp-server');
new SMTPServer({
  disabledCommands: ['STARTTLS'], allowInsecureAuth: true,
  onAuth(auth, session, done) { auth.password === 'right' ? done(null, { user: auth.username }) : done(new Error('no')); },
}).on('error', () => {}).listen(+process.argv[2], '127.0.0.1');
JS
PORT=$(free_port)
start server.log node "$T/server.js" "$PORT"
wait_port "$PORT" server.log
login() { talk "$PORT" 'EHLO c.test' "AUTH PLAIN $1" | sed -n '/^> AUTH/,$p' | sed -n '2s/^\(...\).*/\1/p'; }
GOOD=$(printf '\0someone\0right' | base64)
same 'as it should be' 235 "$(login "$GOOD")"
same 'with characters that base64 has not' 235 "$(login "${GOOD:0:4}!!${GOOD:4}")"
same 'a wrong password, well encoded' 535 "$(login "$(printf '\0someone\0wrong' | base64)")"
same 'nothing that could be decoded' 501 "$(login '!!')"
finish
