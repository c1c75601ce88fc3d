# shellcheck shell=bash
# Sourced behind private.sh by the peers that look for their parts under /usr and nowhere else: in here these are laid over it, which nobody
# outside sees.
overlay() { mount -t overlay overlay -o "lowerdir=$ROOT/usr:/usr" /usr; }

check_allowed() {
  check_private
  unshare --mount mount -t overlay overlay -o "lowerdir=$ROOT/usr:/usr" /usr 2>/dev/null ||
    not_allowed "this machine does not allow one folder to be laid over another"
}
