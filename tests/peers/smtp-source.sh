#!/bin/bash
# smtp-source.sh ARGS... | --check | --version: smtp-source(1), Postfix's own load generator.
. "$(dirname "$0")/common.sh"
PACKAGE=postfix
ROOT=$CACHE/postfix
LD_LIBRARY_PATH=$(libraries "$ROOT")
# install.sh put a main.cf there; without one, Postfix's programs do not start
export LD_LIBRARY_PATH MAIL_CONFIG=$ROOT/etc/postfix

links "$ROOT/usr/sbin/smtp-source" || missing
case ${1:-} in
  --check) exit 0 ;;
  --version) package_version ;;
  *) exec "$ROOT/usr/sbin/smtp-source" "$@" ;;
esac
