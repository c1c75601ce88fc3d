#!/bin/bash
# dovecot-submission.sh: Dovecot's submission server: TLS with the files PEER_CERT and PEER_KEY, and the login of PEER_USER with
# PEER_PASSWORD. What it takes it hands to aiosmtpd, on the same port of 127.0.0.2.
also_installed() { bash "$HERE/aiosmtpd.sh" --check; }

before_serving() {
  printf '%s:{PLAIN}%s::::::\n' "${PEER_USER:-}" "${PEER_PASSWORD:-}" >"$WORK/etc/users"
  # Dovecot gives root up before it reads them, and they need be nobody else's
  cp "${PEER_CERT:-/dev/null}" "$WORK/etc/cert.pem"
  cp "${PEER_KEY:-/dev/null}" "$WORK/etc/key.pem"
  AIOSMTPD_ADDRESS=127.0.0.2 PEER_USER='' bash "$HERE/aiosmtpd.sh" "$PORT" &
}

protocol() {
  cat <<CF
protocols = submission
ssl = required
ssl_cert = <$WORK/etc/cert.pem
ssl_key = <$WORK/etc/key.pem
auth_mechanisms = plain login
service submission-login {
  inet_listener submission {
    address = 127.0.0.1
    port = $PORT
  }
  inet_listener submissions {
    port = 0
  }
  process_limit = 50
}
service submission {
  process_limit = 50
}
submission_relay_host = 127.0.0.2
submission_relay_port = $PORT
submission_relay_trusted = no
passdb {
  driver = passwd-file
  args = $WORK/etc/users
  result_internalfail = return-fail
}
CF
}

. "$(dirname "$0")/dovecot.sh"
