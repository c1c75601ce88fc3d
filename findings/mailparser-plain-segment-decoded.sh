#!/bin/bash
# mailparser 3.14.2 (npm): of a file name in two segments, `filename*0*=us-ascii''a` and `filename*1="%41b"`, the second is decoded too:
# `aAb`. Guess: `a%41b`, for only a segment whose name ends with an asterisk is encoded (RFC 2231 4.1), as postal-mime 4.0.0 has it.
# A file named `100%25.txt` by a sender that encodes what it has to, and no more, is saved under another name.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
npm_add mailparser@3.14.2 postal-mime@4.0.0
cat >"$T/run.mjs" <<'JS'
import { simpleParser } from 'mailparser';
import PostalMime from 'postal-mime';
for (const parameters of [`filename*0*=us-ascii''a; filename*1="%41b"`, `filename*0*=us-ascii''a; filename*1*=%41b`, 'filename="a%41b"']) {
  const text = `Content-Type: application/x\r\nContent-Disposition: attachment; ${parameters}\r\n\r\nhi\r\n`;
  console.log((await simpleParser(text)).attachments[0].filename, '|', (await PostalMime.parse(text)).attachments[0].filename);
}
JS
got=$(timeout 60 node "$T/run.mjs")
same 'second segment plain (mailparser | postal-mime)' 'aAb | a%41b' "$(sed -n 1p <<<"$got")"
same 'second segment encoded' 'aAb | aAb' "$(sed -n 2p <<<"$got")"
same 'one plain value' 'a%41b | a%41b' "$(sed -n 3p <<<"$got")"
finish
