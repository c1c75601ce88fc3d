#!/bin/bash
# mailparser 3.14.2 (npm): a comment beside a message ID gets brackets of its own. `In-Reply-To: <a@b.example> (of Monday)` is read as
# `<a@b.example> (of Monday)>`, `Message-ID: (new) <a@b.example>` as `<(new) <a@b.example>`. Guess: `<a@b.example>`, for comments may
# stand there (RFC 5322 3.6.4: msg-id has CFWS at both ends), and the same library takes them out of Date and To.
# An answer and its question do not find each other by such texts.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
npm_add mailparser@3.14.2
cat >"$T/run.mjs" <<'JS'
import { simpleParser } from 'mailparser';
const text = (lines) => `${lines.join('\r\n')}\r\n\r\nhi\r\n`;
const plain = await simpleParser(text(['Message-ID: <a@b.example>', 'In-Reply-To: <c@d.example>']));
const beside = await simpleParser(
  text(['Message-ID: (new) <a@b.example>', 'In-Reply-To: <c@d.example> (of Monday)', 'To: (x) <e@f.example> (y)']),
);
console.log(plain.messageId, plain.inReplyTo);
console.log(beside.messageId);
console.log(beside.inReplyTo);
console.log(beside.to.value[0].address);
JS
got=$(timeout 60 node "$T/run.mjs")
same 'without comments' '<a@b.example> <c@d.example>' "$(sed -n 1p <<<"$got")"
same 'Message-ID: (new) <a@b.example>' '<(new) <a@b.example>' "$(sed -n 2p <<<"$got")"
same 'In-Reply-To: <c@d.example> (of Monday)' '<c@d.example> (of Monday)>' "$(sed -n 3p <<<"$got")"
same 'To: (x) <e@f.example> (y)' 'e@f.example' "$(sed -n 4p <<<"$got")"
finish
