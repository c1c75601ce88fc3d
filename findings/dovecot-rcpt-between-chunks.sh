#!/bin/bash
# Dovecot 2.3.19.1 (Debian), LMTP: RCPT between two BDAT chunks draws 250, and that recipient gets the whole message, the chunk
# sent before it was named included; behind LAST come two replies. Guess: 503, as from Postfix and Exim.
# RFC 5321 3.3 has all recipients before the text. A client whose list of recipients and text are out of step
# delivers text to a mailbox that had not been asked when it was sent.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
deb dovecot dovecot-core=1:2.3.19.1+dfsg1-2.1+deb12u7 dovecot-lmtpd=1:2.3.19.1+dfsg1-2.1+deb12u7
PORT=$(free_port)
mkdir -p "$T/mail" "$T/run"
chmod 777 "$T/mail"
cat >"$T/dovecot.conf" <<CF
protocols = lmtp
base_dir = $T/run
state_dir = $T/state
log_path = $T/log
ssl = no
mail_location = maildir:$T/mail/%u
first_valid_uid = 1
hostname = mx.example.test
postmaster_address = postmaster@example.test
passdb {
  driver = static
  args = nopassword=y
}
userdb {
  driver = static
  args = uid=dovecot gid=dovecot home=$T/mail/%u allow_all_users=yes
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = $PORT
  }
}
CF
start dovecot.log boxed dovecot 'dovecot dovenull' /usr/sbin/dovecot -F -c "$T/dovecot.conf"
wait_port "$PORT" dovecot.log
got=$(talk "$PORT" 'LHLO c.test' 'MAIL FROM:<a@example.test>' 'RCPT TO:<early@example.test>' \
  'BDAT 21\r\nSubject: x\r\n\r\nearly' 'RCPT TO:<late@example.test>' 'BDAT 6 LAST\r\nlate' QUIT)
same 'RCPT between the chunks' '250 2.1.5 OK' "$(grep -A1 'RCPT TO:<late' <<<"$got" | tail -1)"
same 'behind LAST' '<early@example.test> Saved/<late@example.test> Saved' \
  "$(sed -n 's/^250 2.0.0 \(<[^ ]*>\) .* Saved/\1 Saved/p' <<<"$got" | paste -sd/)"
same 'text in the mailbox of the late one' early/late "$(tail -2 "$T"/mail/late@example.test/new/* | paste -sd/)"
finish
