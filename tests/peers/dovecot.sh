# shellcheck shell=bash
# Sourced by the peers that are Dovecot: its files and accounts. Whoever sources it defines protocol, which prints
# what to serve and for whom, and may define also_installed and before_serving.
. "$(dirname "$0")/common.sh"
. "$HERE/private.sh"
. "$HERE/overlaid.sh"
PACKAGE=dovecot-core
ROOT=$CACHE/dovecot
declare -F also_installed >/dev/null || also_installed() { :; }
declare -F before_serving >/dev/null || before_serving() { :; }

check_installed() { [ -x "$ROOT/usr/sbin/dovecot" ] && [ -x "$ROOT/usr/lib/dovecot/lmtp" ] && [ -x "$ROOT/usr/lib/dovecot/submission" ] && also_installed || missing; }
version() { package_version; }

serve() {
  mkdir -p "$WORK/etc" "$WORK/run" "$WORK/mail" "$WORK/state"
  chown news:games "$WORK/mail" "$WORK/state"
  before_serving
  { dovecot_conf; protocol; } >"$WORK/etc/dovecot.conf"
  overlay
  exec dovecot -F -c "$WORK/etc/dovecot.conf"
}

# The accounts are ones that every Debian has, so that none has to be made: news and games, and nobody for whom nobody has authenticated.
dovecot_conf() {
  cat <<CF
base_dir = $WORK/run
state_dir = $WORK/state
default_internal_user = news
default_internal_group = games
default_login_user = nobody
log_path = $WORK/log/dovecot
listen = 127.0.0.1
hostname = mx.example.test
postmaster_address = postmaster@example.test
ssl = no
first_valid_uid = 1
mail_location = maildir:~/Maildir
mail_fsync = never
auth_username_format = %Lu
userdb {
  driver = static
  args = uid=news gid=games home=$WORK/mail/%n
}
CF
}

main "$@"
