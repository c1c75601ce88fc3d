# shellcheck shell=bash
# shellcheck disable=SC2034
# Sourced by every script here: where the packages lie, what the exit codes mean, how a server is started and stopped.
set -u

EXIT_USAGE=64
# the peer's package is not unpacked here, or cannot be had
EXIT_MISSING=69
# install.sh only knows Debian and its children
EXIT_NOT_DEBIAN=71
# installed, but this user or this machine may not do what the peer needs
EXIT_NOT_ALLOWED=77

HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
SELF=$(basename "$0" .sh)

# Root gets a folder that other accounts may pass through (/root usually is not one): servers give up root.
if [ "$(id -u)" = 0 ]; then
  CACHE=${SMTPMODEL_PEERS:-/var/cache/smtpmodel-peers}
else
  CACHE=${SMTPMODEL_PEERS:-${XDG_CACHE_HOME:-$HOME/.cache}/smtpmodel-peers}
fi

# fail CODE MESSAGE
fail() {
  echo "$SELF: $2" >&2
  exit "$1"
}

# whoever starts a peer need not be in the folder that install.sh was called from
[[ $CACHE = /* ]] || fail "$EXIT_USAGE" "SMTPMODEL_PEERS must be an absolute path, not '$CACHE'"

# The one sentence for a peer that install.sh has not brought yet. Each script sets PACKAGE.
missing() {
  fail "$EXIT_MISSING" "package $PACKAGE is missing or incomplete in $CACHE; get it with: tests/peers/install.sh $SELF"
}

# not_allowed WHY: the one sentence for a peer that is there but cannot run
not_allowed() {
  fail "$EXIT_NOT_ALLOWED" "package $PACKAGE (tests/peers/install.sh $SELF) is there, but $1"
}

# libraries ROOT: the folders of an unpacked package that hold shared libraries, for LD_LIBRARY_PATH
libraries() {
  local folder path=$1/usr/lib/postfix
  for folder in "$1"/usr/lib/*-linux-gnu* "$1"/lib/*-linux-gnu*; do
    [ -d "$folder" ] && path+=:$folder
  done
  echo "$path"
}

# links PROGRAM: it is there, and every library it wants is found
links() {
  [ -x "$1" ] && ! ldd "$1" 2>&1 | grep -q 'not found'
}

# As install.sh wrote it down: an unpacked package has no entry in dpkg's database.
package_version() {
  awk -v name="$PACKAGE" '$1 == name {print name, $2}' "$ROOT/.packages"
}

# Each NAME.sh sets PACKAGE and ROOT, defines check_installed, version and serve (which replaces the shell), and calls main.
# What most have in common, and private.sh replaces:
check_allowed() { :; }
LAUNCH=(setsid)

# main ARGS...: the command line that all NAME.sh share
main() {
  local until_eof=
  case ${1:-} in
    --check) check_installed; check_allowed; exit 0 ;;
    --version) check_installed; version; exit 0 ;;
    # for this script's own use: the second half of a start, in the new session or namespaces
    --serve) PORT=$2; serve; exit ;;
    --until-eof) until_eof=1; shift ;;
  esac
  if [[ $# != 1 || ! $1 =~ ^[0-9]{1,5}$ || $1 -lt 1 || $1 -gt 65535 ]]; then
    fail "$EXIT_USAGE" "usage: $SELF.sh [--until-eof] PORT | --check | --version"
  fi
  PORT=$1
  check_installed
  check_allowed
  supervise "$until_eof" "${LAUNCH[@]}" bash "$HERE/$SELF.sh" --serve "$PORT"
}

# supervise UNTIL_EOF CMD...: runs CMD until it ends, a signal asks for the end, or (UNTIL_EOF) standard input ends.
# The last is for a parent that may be killed before it can signal. The death signal covers this script being killed.
supervise() {
  local until_eof=$1 watch=
  shift
  CHILD=
  trap 'stop 0' TERM INT HUP
  setpriv --pdeathsig KILL "$@" </dev/null & CHILD=$!
  if [ -n "$until_eof" ]; then
    # a background command gets /dev/null as its input unless it is given another descriptor
    { setpriv --pdeathsig KILL cat <&3 >/dev/null 3<&- & watch=$!; } 3<&0
    wait -n "$CHILD" "$watch"
    local code=$?
    kill -0 "$CHILD" 2>/dev/null && code=0
    kill -KILL "$watch" 2>/dev/null
    # waited for here, or bash would report that it was killed
    wait "$watch" 2>/dev/null
    stop "$code"
  fi
  wait "$CHILD"
  stop "$?"
}

# stop CODE: ends CHILD, waits until it is gone, leaves
stop() {
  trap '' TERM INT HUP
  if [ -n "$CHILD" ]; then
    end_child
    wait "$CHILD" 2>/dev/null
  fi
  exit "$1"
}

# server_pid: whom to signal, for CHILD to end
server_pid() { echo "$CHILD"; }

end_child() {
  local pid
  pid=$(server_pid)
  kill -TERM "$pid" 2>/dev/null
  for _ in {1..20}; do
    kill -0 "$CHILD" 2>/dev/null || return
    sleep 0.05
  done
  kill -KILL "$pid" 2>/dev/null
}
