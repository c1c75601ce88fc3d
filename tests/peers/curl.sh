#!/bin/bash
# curl.sh ARGS... | --check | --version: curl, without anyone's ~/.curlrc.
. "$(dirname "$0")/common.sh"
PACKAGE=curl
ROOT=$CACHE/curl
LD_LIBRARY_PATH=$(libraries "$ROOT")
export LD_LIBRARY_PATH

links "$ROOT/usr/bin/curl" || missing
case ${1:-} in
  --check) exit 0 ;;
  --version) package_version ;;
  *) exec "$ROOT/usr/bin/curl" -q "$@" ;;
esac
