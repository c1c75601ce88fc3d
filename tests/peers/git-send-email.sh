#!/bin/bash
# git-send-email.sh PORT RECIPIENT... | --check | --version: git send-email, without anyone's configuration; the message is its standard
# input.
. "$(dirname "$0")/common.sh"
PACKAGE=git-email
ROOT=$CACHE/git-email
PERL5LIB=$(printf '%s:' "$ROOT"/usr/share/perl5 "$ROOT"/usr/lib/*/perl5/* "$ROOT"/usr/share/perl/* "$ROOT"/usr/lib/*/perl/* "$ROOT"/usr/lib/*/perl-base)
LD_LIBRARY_PATH=$(libraries "$ROOT")
PATH=$PATH:$ROOT/usr/bin
# where git was not unpacked here, it is the machine's
[ ! -x "$ROOT/usr/bin/git" ] || export GIT_EXEC_PATH=$ROOT/usr/lib/git-core
export PERL5LIB LD_LIBRARY_PATH PATH GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null HOME=/nonexistent
SCRIPT=$ROOT/usr/lib/git-core/git-send-email

[ -e "$SCRIPT" ] && git --version >/dev/null 2>&1 && perl -MMail::Address -c "$SCRIPT" 2>/dev/null || missing
case ${1:-} in
  --check) exit 0 ;;
  --version) package_version; exit 0 ;;
esac
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
cat >"$WORK/message"
# outside any repository
cd "$WORK" || exit 70
PORT=$1
shift
perl "$SCRIPT" --quiet --confirm=never --suppress-cc=all --no-validate --smtp-server 127.0.0.1 --smtp-server-port "$PORT" \
  --smtp-domain client.example.test --from sender@example.test "${@/#/--to=}" "$WORK/message" </dev/null
