#!/bin/bash
# eml-parse-js 1.1.15 (npm): where an attachment has `filename` for old readers and `filename*` for others, as many senders write it, its
# name is both in one, and a subject that was folded loses the blanks at the folds. Guess: the name of `filename*` (RFC 2231 4), and the
# subject as it was before it was folded (RFC 5322 2.2.3: unfolding takes out the CRLF, the blank behind it stays).
set -euo pipefail
. "$(dirname "$0")/lib.sh"
npm_add eml-parse-js@1.1.15 mailparser@3.14.2
cat >"$T/run.mjs" <<'JS'
import { createRequire } from 'module';
import { simpleParser } from 'mailparser';
const { readEml } = createRequire(import.meta.url)('eml-parse-js');
const read = (text) => new Promise((done, fail) => readEml(text, (fault, mail) => (fault ? fail(fault) : done(mail))));
const text = [
  'Subject: see you',
  ' on Monday',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary=b',
  '',
  '--b',
  'Content-Type: text/plain',
  '',
  'hi',
  '--b',
  'Content-Type: application/pdf',
  `Content-Disposition: attachment; filename="plan.pdf"; filename*=utf-8''Plan%202.pdf`,
  '',
  'x',
  '--b--',
  '',
].join('\r\n');
const [mail, other] = [await read(text), await simpleParser(text)];
console.log(mail.attachments[0].name, '|', other.attachments[0].filename);
console.log(mail.subject, '|', other.subject);
JS
got=$(timeout 60 node "$T/run.mjs")
same 'the name (eml-parse-js | mailparser)' 'plan.pdfPlan 2.pdf | Plan 2.pdf' "$(sed -n 1p <<<"$got")"
same 'the subject' 'see youon Monday | see you on Monday' "$(sed -n 2p <<<"$got")"
finish
