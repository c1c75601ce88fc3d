#!/bin/bash
# Postfix 3.7.11 (Debian): after "MAIL ... SIZE=too much" has drawn 552, a MAIL without SIZE draws 552 as well, and so does the
# next, until one declares a small size or RSET or EHLO comes. Guess: 250. The refused MAIL opened no transaction (RCPT draws
# 503), so nothing of it should be left, and without a declared size RFC 1870 6.1 gives nothing to judge by.
# A client that goes on with its next message on the same connection, as it may, gets that one bounced for its size too.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
deb postfix $POSTFIX_PACKAGES
postfix
got=$(talk "$PORT" 'EHLO c.test' 'MAIL FROM:<a@example.test> SIZE=99999999' 'RCPT TO:<b@example.test>' 'MAIL FROM:<a@example.test>' \
  'MAIL FROM:<a@example.test>' RSET 'MAIL FROM:<a@example.test>' QUIT)
same 'MAIL too large, RCPT, MAIL, MAIL, RSET, MAIL' '552 503 552 552 250 250' \
  "$(grep -A1 -E '^> (MAIL|RCPT|RSET)' <<<"$got" | grep -v '^[>-]' | cut -c1-3 | paste -sd' ')"
same 'text' '552 5.3.4 Message size exceeds fixed limit' "$(grep '^552' <<<"$got" | sort -u)"
finish
