# shellcheck shell=bash
# shellcheck disable=SC2034
# Sourced by the peers that are Exim: where it lies, its account and spool, and the head of its configuration. They run in the namespaces
# of private.sh, and have $WORK.
PACKAGE=exim4-daemon-light
ROOT=$CACHE/exim4
EXIM=$ROOT/usr/sbin/exim4
LD_LIBRARY_PATH=$(libraries "$ROOT")
export LD_LIBRARY_PATH

# Debian's Exim will not start without the account that its package makes. In here, it is another name for mail.
make_spool() {
  local file
  mkdir "$WORK/spool"
  chown mail:mail "$WORK/spool" "$WORK/log"
  for file in passwd group; do cp "/etc/$file" "$WORK/names/$file"; done
  echo 'Debian-exim:x:8:8::/nonexistent:/usr/sbin/nologin' >>"$WORK/names/passwd"
  echo 'Debian-exim:x:8:' >>"$WORK/names/group"
  for file in passwd group; do mount --bind "$WORK/names/$file" "/etc/$file"; done
}

# For each delivery it starts itself anew, by now as the account that it runs as. Its file is setuid, and such a program is given no
# LD_LIBRARY_PATH: this is one that is not.
let_deliver() {
  cp "$EXIM" "$WORK/exim.bin"
  chmod 755 "$WORK/exim.bin"
  printf '#!/bin/bash\nLD_LIBRARY_PATH=%q exec %q "$@"\n' "$LD_LIBRARY_PATH" "$WORK/exim.bin" >"$WORK/exim"
  chmod 755 "$WORK/exim"
  printf 'exim_path = %s\ndeliver_drop_privilege = true\n' "$WORK/exim" | cat - "$WORK/exim.conf" >"$WORK/exim.conf.new"
  mv "$WORK/exim.conf.new" "$WORK/exim.conf"
}

# instance_configuration HOST [LOGS]: what each configuration begins with; the folder of its logs where it is not that of all peers
instance_configuration() {
  cat <<CF
exim_user = mail
exim_group = mail
never_users = root
spool_directory = $WORK/spool
log_file_path = ${2:-$WORK/log}/%slog
keep_environment =
primary_hostname = $1
qualify_domain = example.test
local_interfaces = 127.0.0.1
disable_ipv6 = true
host_lookup =
dns_ipv4_lookup =
CF
}
