#!/bin/bash
# s-nail.sh ARGS... | --check | --version: s-nail, a mail user agent, without anyone's mailrc; the text of the message is its standard input.
. "$(dirname "$0")/common.sh"
PACKAGE=s-nail
ROOT=$CACHE/s-nail
LD_LIBRARY_PATH=$(libraries "$ROOT")
export LD_LIBRARY_PATH

links "$ROOT/usr/bin/s-nail" || missing
case ${1:-} in
  --check) exit 0 ;;
  --version) package_version ;;
  *) exec "$ROOT/usr/bin/s-nail" -:/ "$@" ;;
esac
