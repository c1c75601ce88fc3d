#!/bin/bash
# Cyrus 3.6.1 (Debian), lmtpd: MAIL that draws 501 for a parameter it does not know has begun a transaction all the same: the next MAIL
# draws 503 "Nested MAIL command" until RSET. LHLO that draws 250 ends no transaction: behind it MAIL draws 503 too.
# Guess: 250 to MAIL both times, as from Dovecot. RFC 821 Appendix E: what is refused has not happened; 4.1.1: 250 to the greeting
# confirms that no transaction is in progress. A client that tries without the parameter loses the message on a warm connection.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
deb cyrus cyrus-imapd=3.6.1-4+deb12u5 cyrus-common=3.6.1-4+deb12u5
PORT=$(free_port)
mkdir -p "$T/cyrus-run"/{lib,spool,run/proc,run/lock,run/socket}
chmod -R 777 "$T/cyrus-run"
cat >"$T/imapd.conf" <<CF
configdirectory: $T/cyrus-run/lib
proc_path: $T/cyrus-run/run/proc
mboxname_lockpath: $T/cyrus-run/run/lock
defaultpartition: default
partition-default: $T/cyrus-run/spool
servername: mx.example.test
lmtpsocket: $T/cyrus-run/run/socket/lmtp
CF
cat >"$T/cyrus.conf" <<CF
START {
  recover cmd="/usr/lib/cyrus/bin/ctl_cyrusdb -C $T/imapd.conf -r"
}
SERVICES {
  lmtp cmd="/usr/lib/cyrus/bin/lmtpd -C $T/imapd.conf -a" listen="127.0.0.1:$PORT" prefork=0
}
CF
start cyrus.log boxed cyrus cyrus /usr/lib/cyrus/bin/master -D -C "$T/imapd.conf" -M "$T/cyrus.conf" -p "$T/cyrus-run/master.pid"
wait_port "$PORT" cyrus.log
codes() { talk "$PORT" 'LHLO c.test' "$@" | sed -n '/^> MAIL/,$p' | grep -v '^>\|^250-' | cut -c1-9 | paste -sd/; }
MAIL='MAIL FROM:<a@example.test>'
same 'MAIL with a parameter, MAIL without' '501 5.5.4/503 5.5.1' "$(codes "$MAIL XUNKNOWN=1" "$MAIL")"
same 'RSET between them' '501 5.5.4/250 2.0.0/250 2.1.0' "$(codes "$MAIL XUNKNOWN=1" RSET "$MAIL")"
same 'MAIL, LHLO, MAIL' '250 2.1.0/250 Ok SE/503 5.5.1' "$(codes "$MAIL" 'LHLO c.test' "$MAIL")"
finish
