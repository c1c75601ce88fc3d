#!/bin/bash
# dovecot-lmtp.sh: Dovecot's LMTP server. PEER_SOCKET names a unix socket on which it listens as well.
before_serving() { : >"$WORK/etc/nobody"; }

protocol() {
  local listen_unix=
  [ -z "${PEER_SOCKET:-}" ] || listen_unix="  unix_listener $PEER_SOCKET {
    mode = 0666
  }"
  cat <<CF
protocols = lmtp
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = $PORT
  }
${listen_unix}
  # a test opens many sessions at a time
  process_limit = 50
  client_limit = 1
}
passdb {
  driver = static
  args = nopassword=y
  username_filter = !refused@example.test *@example.test postmaster
}
# who is left over is nobody; without this the first would be skipped, which Dovecot takes for a fault of its own
passdb {
  driver = passwd-file
  args = $WORK/etc/nobody
}
CF
}

. "$(dirname "$0")/dovecot.sh"
