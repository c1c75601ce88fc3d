#!/bin/bash
# namespaces.sh CMD...: first process in fresh mount, pid and uts namespaces (see private.sh). Sets the scene for CMD, which
# finds an empty folder of its own in $WORK, and stays as init: when it ends, the kernel ends all that is left.
set -euo pipefail
. "$(dirname "$0")/common.sh"

# an init is only reached by signals that it handles
trap 'exit 0' TERM
mount --make-rprivate /

# The folder is memory under a mount only seen here: it is gone with the last process, even after kill -9.
for WORK in /mnt /media /srv /opt ''; do
  [ -n "$WORK" ] || fail "$EXIT_NOT_ALLOWED" "no folder to mount on: the project or its cache lie below all of them"
  [[ -d $WORK && $HERE/ != $WORK/* && $CACHE/ != $WORK/* ]] && break
done
export WORK
mount -t tmpfs -o size=512m,mode=755 tmpfs "$WORK"
mount -t proc proc /proc
mkdir "$WORK/log"

# Names come from files only: no DNS query ever leaves.
mkdir "$WORK/names"
echo '127.0.0.1 mx.example.test mx localhost' >"$WORK/names/hosts"
printf '%s: files\n' passwd group shadow hosts services protocols >"$WORK/names/nsswitch.conf"
echo 'nameserver 127.0.0.1' >"$WORK/names/resolv.conf"
for file in hosts nsswitch.conf resolv.conf; do
  # mount(8) follows a link such as systemd's resolv.conf by itself; a dangling one cannot be mounted on, nor read
  if [ -e "/etc/$file" ]; then mount --bind "$WORK/names/$file" "/etc/$file"; fi
done
hostname mx.example.test

# A long campaign would fill the folder with log, and the server would run out of room for mail.
while sleep 20; do find "$WORK/log" -size +32M -exec truncate -s 0 {} +; done &

code=0
"$@" & wait $! || code=$?
# The log goes with the folder: what the server said last is what its failure is understood by.
if [ "$code" != 0 ]; then tail -qn 5 "$WORK"/log/* >&2 2>/dev/null || true; fi
exit "$code"
