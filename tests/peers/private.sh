# shellcheck shell=bash
# Sourced by the peers that need root: private mount, pid and uts namespaces, so that nothing outside sees the server's
# accounts, host name or files, and no process of it can outlive the script, whatever it forks or ignores.
LAUNCH=(setsid unshare --mount --uts --pid --fork --kill-child=KILL bash "$HERE/namespaces.sh")

check_allowed() { check_private; }

check_private() {
  [ "$(id -u)" = 0 ] || not_allowed "it must be started as root (it needs private mount, pid and uts namespaces)"
  local why
  why=$("${LAUNCH[@]}" true 2>&1) ||
    not_allowed "this machine does not allow private mount, pid and uts namespaces ($(tail -n 1 <<<"$why"))"
}

# unshare(1) is CHILD. It lets signals pass by and ends only after its child, the init of the namespaces, and all in them.
server_pid() {
  local init=
  read -r init _ 2>/dev/null <"/proc/$CHILD/task/$CHILD/children"
  echo "${init:-$CHILD}"
}
