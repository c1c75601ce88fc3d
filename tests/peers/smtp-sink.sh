#!/bin/bash
# smtp-sink.sh: smtp-sink(1), Postfix's own test server. For load, with smtp-source.sh: it keeps hardly any rule. With PEER_PROTOCOL=lmtp it speaks LMTP.
. "$(dirname "$0")/common.sh"
PACKAGE=postfix
ROOT=$CACHE/postfix
LD_LIBRARY_PATH=$(libraries "$ROOT")
# install.sh put a main.cf there; without one, Postfix's programs do not start
export LD_LIBRARY_PATH MAIL_CONFIG=$ROOT/etc/postfix

# It will not run as root. Its own -u gives root up only after the start, which would undo the death signal of supervise.
AS_NOBODY=()
[ "$(id -u)" = 0 ] && AS_NOBODY=(setpriv --reuid=65534 --regid=65534 --clear-groups --pdeathsig KILL)

check_installed() { links "$ROOT/usr/sbin/smtp-sink" || missing; }
version() { package_version; }

check_allowed() {
  "${AS_NOBODY[@]}" test -x "$ROOT/usr/sbin/smtp-sink" ||
    not_allowed "it does not run as root, and no other account may pass through to $CACHE (SMTPMODEL_PEERS names another folder)"
}

LMTP=()
[ "${PEER_PROTOCOL:-}" = lmtp ] && LMTP=(-L)
serve() { exec "${AS_NOBODY[@]}" "$ROOT/usr/sbin/smtp-sink" "${LMTP[@]}" -h mx.example.test "127.0.0.1:$PORT" 100; }

main "$@"
