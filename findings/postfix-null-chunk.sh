#!/bin/bash
# Postfix 3.7.11 (Debian): `BDAT 0` draws "551 5.7.1 Null BDAT request" and spoils the transaction; `BDAT 0 LAST` draws 250.
# Guess: 250 to both, as from Exim and Dovecot. In RFC 3030 2 the size is 1*DIGIT, 0 among them; RFC 5321 has 551 for a user
# elsewhere. A client that flushes an empty buffer as a chunk loses the message: the chunks behind it draw 551 too.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
deb postfix $POSTFIX_PACKAGES
postfix
got=$(talk "$PORT" 'EHLO c.test' 'MAIL FROM:<a@example.test>' 'RCPT TO:<b@example.test>' 'BDAT 0' 'BDAT 5 LAST\r\nhi!\r\n' \
  RSET 'MAIL FROM:<a@example.test>' 'RCPT TO:<b@example.test>' 'BDAT 5\r\nhi!\r' 'BDAT 0 LAST' QUIT)
same 'BDAT 0 first' '551 5.7.1 Null BDAT request' "$(grep -A1 '^> BDAT 0$' <<<"$got" | tail -1)"
same 'the chunk behind it' '551 5.0.0 Discarded 5 bytes after earlier error' "$(grep '^551' <<<"$got" | tail -1)"
same 'BDAT 0 LAST behind a chunk' '250 2.0.0' "$(grep -A1 '^> BDAT 0 LAST' <<<"$got" | tail -1 | cut -c1-9)"
finish
