#!/bin/bash
# letterparser 0.1.8 (npm): the members of a group (RFC 5322 3.4) come out with the name of the group and the semicolon in their
# addresses. Guess: two addresses, as from mailparser 3.14.2. `To: undisclosed-recipients:;`, which is in many messages, becomes a
# recipient of that name. Whoever answers to all writes to addresses that there are not.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
npm_add letterparser@0.1.8 mailparser@3.14.2
cat >"$T/run.mjs" <<'JS'
import { extract } from 'letterparser';
import { simpleParser } from 'mailparser';
const addresses = (list) => list.flatMap((one) => one.group ?? [one]).map((one) => one.address).join(' & ') || 'none';
for (const to of ['Team: ann@example.test, bob@example.test;', 'undisclosed-recipients:;']) {
  const text = `To: ${to}\r\nContent-Type: text/plain\r\n\r\nhi\r\n`;
  console.log(addresses(extract(text).to ?? []), '|', addresses((await simpleParser(text)).to.value));
}
JS
got=$(timeout 60 node "$T/run.mjs" 2>/dev/null)
same 'a group of two (letterparser | mailparser)' \
  'Team: ann@example.test & bob@example.test; | ann@example.test & bob@example.test' "$(sed -n 1p <<<"$got")"
same 'a group of none' 'undisclosed-recipients:; | none' "$(sed -n 2p <<<"$got")"
finish
