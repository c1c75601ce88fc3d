#!/bin/bash
# mailparser 3.14.2 / mailsplit 5.4.6 (npm): "From : a@example.test" as the first line of a message is thrown away; the message
# has no author. As any later line it is read. Guess: read or refused at either place. The splitter takes a first line that
# begins with "From " for the separator of an mbox file. RFC 5322 4.5 has the blank before the colon, to be accepted by receivers.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
npm_add mailparser@3.14.2 mailsplit@5.4.6
cat >"$T/run.mjs" <<'JS'
import { simpleParser } from 'mailparser';
for (const lines of [['From : a@example.test', 'Subject: x'], ['Subject: x', 'From : a@example.test']]) {
  const m = await simpleParser(lines.join('\r\n') + '\r\n\r\nhi\r\n');
  console.log(m.from?.text, m.subject, m.headerLines.length);
}
JS
got=$(timeout 60 node "$T/run.mjs")
same 'as the first line (from, subject, fields)' 'undefined x 1' "$(sed -n 1p <<<"$got")"
same 'as the second line' 'a@example.test x 2' "$(sed -n 2p <<<"$got")"
finish
