#!/bin/bash
# Python 3.11.2 (Debian), email with policy.default: a comment behind the type, "text/html (draft)", becomes part of the type, so
# that get_body() finds nothing; and "base64 (packed)" stays undecoded, without a defect.
# Guess: comments are dropped, as RFC 2045 5.1 and 6.1 (structured fields) have it; mailparser 3.14.2 does. Python knows better
# itself: the field's own attribute says text/html, and get_content_type() of the message says something else.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
deb python $PYTHON_PACKAGES
npm_add mailparser@3.14.2
cat >"$T/run.py" <<'PY'
import email, email.policy, sys
m = email.message_from_binary_file(open(sys.argv[1], 'rb'), policy=email.policy.default)
body = m.get_body(('html', 'plain'))
print(m['Content-Type'].content_type, '|', m.get_content_type(), '|', body and body.get_content().strip())
PY
cat >"$T/run.mjs" <<'JS'
import { simpleParser } from 'mailparser';
import { readFileSync } from 'fs';
const m = await simpleParser(readFileSync(process.argv[2]));
console.log(m.html ? 'html' : 'text', (m.html || m.text).trim());
JS
printf '%s\r\n' 'MIME-Version: 1.0' 'Content-Type: text/html (draft); charset=us-ascii' '' '<b>hi</b>' >"$T/html"
same 'text/html (draft): field | message | body' 'text/html | text/html (draft) | None' "$(python "$T/run.py" "$T/html")"
same 'mailparser' 'html <b>hi</b>' "$(timeout 20 node "$T/run.mjs" "$T/html")"
printf '%s\r\n' 'MIME-Version: 1.0' 'Content-Type: text/plain' 'Content-Transfer-Encoding: base64 (packed)' '' aGk= >"$T/packed"
same 'base64 (packed)' 'text/plain | text/plain | aGk=' "$(python "$T/run.py" "$T/packed")"
same 'mailparser' 'text hi' "$(timeout 20 node "$T/run.mjs" "$T/packed")"
finish
