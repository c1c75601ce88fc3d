# shellcheck shell=bash
# Sourced behind private.sh by the clients that queue. They define deliver RECIPIENT..., which prints what became of each recipient, finds
# the message at descriptor 3 and the server at $PORT, and ends with tell; and they call client with the arguments of the script.
SENDER=sender@example.test
# EX_UNAVAILABLE and EX_TEMPFAIL of sysexits.h
RETURNED=69
KEPT=75

# tell RETURNED KEPT: ends with what became of the message: whether it was returned for any recipient, and whether it is kept for any
tell() {
  if [ "$1" = 1 ]; then exit "$RETURNED"; elif [ "$2" = 1 ]; then exit "$KEPT"; fi
  exit 0
}

client() {
  case ${1:-} in
    --check) check_private; exit 0 ;;
    --version) package_version; exit 0 ;;
    # for this script's own use: the second half of a start, in the namespaces
    --deliver) PORT=$2; shift 2; deliver "$@" ;;
  esac
  [ $# -gt 1 ] || fail "$EXIT_USAGE" "usage: $SELF.sh PORT RECIPIENT... | --check | --version"
  # what runs in the background, as this does in the namespaces, has no standard input
  exec 3<&0
  exec "${LAUNCH[@]}" bash "$HERE/$SELF.sh" --deliver "$@"
}
