#!/bin/bash
# cyrus-lmtp.sh: Cyrus's LMTP server under its master.
. "$(dirname "$0")/common.sh"
. "$HERE/private.sh"
. "$HERE/overlaid.sh"
PACKAGE=cyrus-imapd
ROOT=$CACHE/cyrus

check_installed() { [ -x "$ROOT/usr/lib/cyrus/bin/lmtpd" ] && [ -x "$ROOT/usr/lib/cyrus/bin/master" ] || missing; }
version() { package_version; }

# The accounts are ones that every Debian has. Mailboxes come into being with the first recipient, of those who are named only.
serve() {
  mkdir -p "$WORK/etc" "$WORK/lib/socket" "$WORK/spool" "$WORK"/run/{proc,lock,socket}
  chown -R news:games "$WORK/lib" "$WORK/spool" "$WORK/run"
  cat >"$WORK/etc/imapd.conf" <<CF
configdirectory: $WORK/lib
proc_path: $WORK/run/proc
mboxname_lockpath: $WORK/run/lock
lmtpsocket: $WORK/run/socket/lmtp
defaultpartition: default
partition-default: $WORK/spool
cyrus_user: news
cyrus_group: games
servername: mx.example.test
postmaster: postmaster
autocreate_post: yes
autocreate_quota: 0
autocreate_users: recipient postmaster
virtdomains: userid
defaultdomain: example.test
CF
  cat >"$WORK/etc/cyrus.conf" <<CF
START {
  recover cmd="/usr/lib/cyrus/bin/ctl_cyrusdb -C $WORK/etc/imapd.conf -r"
}
SERVICES {
  lmtp cmd="/usr/lib/cyrus/bin/lmtpd -C $WORK/etc/imapd.conf -a" listen="127.0.0.1:$PORT" prefork=0
}
CF
  overlay
  exec /usr/lib/cyrus/bin/master -D -C "$WORK/etc/imapd.conf" -M "$WORK/etc/cyrus.conf" -p "$WORK/run/master.pid"
}

main "$@"
