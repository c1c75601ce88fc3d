#!/bin/bash
# openssl.sh ARGS... | --check | --version: OpenSSL's command, for s_client.
. "$(dirname "$0")/common.sh"
PACKAGE=openssl
ROOT=$CACHE/openssl
LD_LIBRARY_PATH=$(libraries "$ROOT")
export LD_LIBRARY_PATH

links "$ROOT/usr/bin/openssl" || missing
case ${1:-} in
  --check) exit 0 ;;
  --version) package_version ;;
  *) exec "$ROOT/usr/bin/openssl" "$@" ;;
esac
