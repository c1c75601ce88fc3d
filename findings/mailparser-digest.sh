#!/bin/bash
# mailparser 3.14.2 (npm): the parts of a multipart/digest are read as plain text. Header fields of the messages inside become
# text of the message outside, and there are no attachments. Guess: two message/rfc822 parts, for that is the default type in a
# digest (RFC 2046 5.1.5); Python's email and MimeKit see them so. A digest of a mailing list arrives without its messages.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
deb python $PYTHON_PACKAGES
npm_add mailparser@3.14.2
printf '%s\r\n' 'Subject: both' 'MIME-Version: 1.0' 'Content-Type: multipart/digest; boundary=b' '' \
  --b '' 'Subject: one' '' first --b '' 'Subject: two' '' second --b-- >"$T/m.eml"
cat >"$T/run.mjs" <<'JS'
import { simpleParser } from 'mailparser';
import { readFileSync } from 'fs';
const m = await simpleParser(readFileSync(process.argv[2]));
console.log(JSON.stringify(m.text), m.attachments.length);
JS
same 'mailparser: text, attachments' '"Subject: one\n\nfirst\nSubject: two\n\nsecond" 0' "$(timeout 60 node "$T/run.mjs" "$T/m.eml")"
same 'Python: types' 'multipart/digest message/rfc822 text/plain message/rfc822 text/plain' "$(python -c "
import email
print(*[p.get_content_type() for p in email.message_from_file(open('$T/m.eml')).walk()])")"
finish
