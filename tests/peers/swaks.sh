#!/bin/bash
# swaks.sh ARGS... | --check | --version: swaks, the test client, without anyone's ~/.swaksrc.
. "$(dirname "$0")/common.sh"
PACKAGE=swaks
ROOT=$CACHE/swaks
# On a machine with nothing but perl-base, install.sh unpacked the rest of Perl here.
PERL5LIB=$(printf '%s:' "$ROOT"/usr/share/perl5 "$ROOT"/usr/lib/*/perl5/* "$ROOT"/usr/share/perl/* "$ROOT"/usr/lib/*/perl/* "$ROOT"/usr/lib/*/perl-base)
LD_LIBRARY_PATH=$(libraries "$ROOT")
export PERL5LIB LD_LIBRARY_PATH
swaks() { perl "$ROOT/usr/bin/swaks" "$@"; }

swaks --version >/dev/null 2>&1 && perl -e 'use Net::SSLeay' 2>/dev/null || missing
case ${1:-} in
  --check) exit 0 ;;
  --version) package_version ;;
  # From a loopback address nothing but this machine can be reached, also when the server was forgotten among ARGS.
  *) exec perl "$ROOT/usr/bin/swaks" --config '' --local-interface 127.0.0.1 "$@" ;;
esac
