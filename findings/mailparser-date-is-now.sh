#!/bin/bash
# mailparser 3.14.2 (npm): a Date that JavaScript's own parser cannot read becomes the moment of parsing, without an error.
# Guess: `date` is undefined or invalid, as with postal-mime, which hands the text through. Seen: year 2017 becomes today for a
# comment between the fields of the time and for the zone K, both of which RFC 5322 (4.3) tells every receiver to understand.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
npm_add mailparser@3.14.2 postal-mime@4.0.0
cat >"$T/run.mjs" <<'JS'
import { simpleParser } from 'mailparser';
import PostalMime from 'postal-mime';
for (const date of ['Tue, 14 Mar 2017 10:20:30 +0200', 'Tue, 14 Mar 2017 10:20(or so):30 +0200', 'Tue, 14 Mar 2017 10:20:30 K']) {
  const text = `From: a@example.test\r\nDate: ${date}\r\n\r\nhi\r\n`;
  const now = Math.abs((await simpleParser(text)).date - Date.now()) < 60000;
  console.log(`${date} -> ${now ? 'now' : (await simpleParser(text)).date.toISOString()} | ${(await PostalMime.parse(text)).date}`);
}
JS
got=$(timeout 60 node "$T/run.mjs")
same 'plain (mailparser | postal-mime)' \
  'Tue, 14 Mar 2017 10:20:30 +0200 -> 2017-03-14T08:20:30.000Z | 2017-03-14T08:20:30.000Z' "$(sed -n 1p <<<"$got")"
same 'with a comment' 'Tue, 14 Mar 2017 10:20(or so):30 +0200 -> now | Tue, 14 Mar 2017 10:20(or so):30 +0200' "$(sed -n 2p <<<"$got")"
same 'zone K' 'Tue, 14 Mar 2017 10:20:30 K -> now | Tue, 14 Mar 2017 10:20:30 K' "$(sed -n 3p <<<"$got")"
finish
