#!/bin/bash
# Python 3.11.2 (Debian), email: "Subject : x" ends the header. This field and all behind it, and the blank line, become body.
# Guess: the blank is trimmed. RFC 5322 4.5 has blanks before the colon in its obsolete syntax, which receivers MUST accept;
# mailparser, postal-mime and MimeKit read the field. Only `defects` tells, and it names a missing blank line.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
deb python $PYTHON_PACKAGES
npm_add mailparser@3.14.2
printf 'From: a@example.test\nSubject : lunch\nX-Later: yes\n\nhi\n' >"$T/m.eml"
same 'Python: fields, body, defects' \
  'From | Subject : lunch/X-Later: yes//hi/ | MissingHeaderBodySeparatorDefect' \
  "$(python -c "
import email, email.policy
m = email.message_from_binary_file(open('$T/m.eml', 'rb'), policy=email.policy.default)
print(*m.keys(), '|', m.get_payload().replace(chr(10), '/'), '|', *[type(d).__name__ for d in m.defects])")"
cat >"$T/run.mjs" <<'JS'
import { simpleParser } from 'mailparser';
import { readFileSync } from 'fs';
const m = await simpleParser(readFileSync(process.argv[2]));
console.log(m.subject, '|', m.headers.get('x-later'), '|', m.text.trim());
JS
same 'mailparser 3.14.2: subject, later field, body' 'lunch | yes | hi' "$(timeout 60 node "$T/run.mjs" "$T/m.eml")"
finish
