#!/bin/bash
# msmtp.sh ARGS... | --check | --version: msmtp, which sends one message, without anyone's ~/.msmtprc.
. "$(dirname "$0")/common.sh"
PACKAGE=msmtp
ROOT=$CACHE/msmtp
LD_LIBRARY_PATH=$(libraries "$ROOT")
export LD_LIBRARY_PATH

links "$ROOT/usr/bin/msmtp" || missing
case ${1:-} in
  --check) exit 0 ;;
  --version) package_version ;;
  *) exec "$ROOT/usr/bin/msmtp" --file=/dev/null "$@" ;;
esac
