#!/bin/bash
# haraka.sh: Haraka (npm), which takes mail for example.test and throws it away. With PEER_USER it has TLS with the files
# PEER_CERT and PEER_KEY, and the login of PEER_USER with PEER_PASSWORD, and demands neither.
. "$(dirname "$0")/common.sh"
PACKAGE="Haraka (npm)"
ROOT=$CACHE/haraka
export NODE_PATH=$ROOT/node_modules

check_installed() { [ -f "$ROOT/node_modules/Haraka/bin/haraka" ] && node -e 'require("Haraka/package.json")' 2>/dev/null || missing; }
version() { node -p '"Haraka " + require("Haraka/package.json").version + ", node " + process.versions.node'; }

serve() {
  # what it reads stands in files; they go with it, as it is ended by a signal that it cannot see
  SITE=$(mktemp -d) || exit
  mkdir "$SITE/config" "$SITE/plugins"
  configuration
  # shellcheck disable=SC2064
  trap "rm -rf '$SITE'" EXIT
  trap 'kill -TERM "$HARAKA" 2>/dev/null; wait "$HARAKA"; exit' TERM INT HUP
  setpriv --pdeathsig KILL node "$ROOT/node_modules/Haraka/bin/haraka" -c "$SITE" & HARAKA=$!
  wait "$HARAKA"
}

configuration() {
  local config=$SITE/config
  printf '%s\n' example.test >"$config/host_list"
  echo mx.example.test >"$config/me"
  printf '[main]\nlisten=127.0.0.1:%s\nnodes=0\n[headers]\nadd_received=false\n' "$PORT" >"$config/smtp.ini"
  echo 10485760 >"$config/databytes"
  printf '[main]\nlevel=CRIT\nformat=default\n' >"$config/log.ini"
  # it has no values of its own for what stands in here
  cp "$ROOT/node_modules/Haraka/config/connection.ini" "$config"
  plugins >"$config/plugins"
  # who is refused whatever the domain
  cat >"$SITE/plugins/site.js" <<'JS'
exports.hook_rcpt = (next, connection, [recipient]) => (recipient.user || '').toLowerCase() === 'refused' ? next(DENY, 'No such user') : next();
JS
  [ -n "${PEER_USER:-}" ] || return
  install -m 600 "$PEER_CERT" "$config/tls_cert.pem"
  install -m 600 "$PEER_KEY" "$config/tls_key.pem"
  printf 'key=tls_key.pem\ncert=tls_cert.pem\n' >"$config/tls.ini"
  printf '[core]\nmethods=PLAIN,LOGIN,CRAM-MD5\nconstrain_sender=false\n[users]\n%s=%s\n' "$PEER_USER" "$PEER_PASSWORD" >"$config/auth_flat_file.ini"
}

plugins() {
  [ -z "${PEER_USER:-}" ] || printf '%s\n' tls auth/flat_file
  printf '%s\n' site rcpt_to.in_host_list queue/discard
}

main "$@"
