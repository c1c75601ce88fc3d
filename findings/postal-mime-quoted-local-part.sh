#!/bin/bash
# postal-mime 4.0.0 (npm): `"jo doe"@example.test` comes out as `jo doe@example.test`, which is no address any more. In
# `<"jo@home"@example.test>` the quotes stay. Guess: the address as written, as from mailparser 3.14.2.
# RFC 5321 4.1.2: a local part with a blank exists in quotes only. An answer to such an address is refused as a syntax error.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
npm_add postal-mime@4.0.0 mailparser@3.14.2
cat >"$T/run.mjs" <<'JS'
import { simpleParser } from 'mailparser';
import PostalMime from 'postal-mime';
for (const address of ['"jo doe"@example.test', '<"jo@home"@example.test>']) {
  const text = `From: ${address}\r\n\r\nhi\r\n`;
  console.log((await PostalMime.parse(text)).from.address, '|', (await simpleParser(text)).from.value[0].address);
}
JS
got=$(timeout 60 node "$T/run.mjs")
same 'a blank inside (postal-mime | mailparser)' 'jo doe@example.test | "jo doe"@example.test' "$(sed -n 1p <<<"$got")"
same 'an @ inside, in brackets' '"jo@home"@example.test | "jo@home"@example.test' "$(sed -n 2p <<<"$got")"
finish
