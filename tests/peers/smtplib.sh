#!/bin/bash
# smtplib.sh PORT none|starttls|implicit USER PASSWORD MECHANISM | --check | --version: Python's smtplib; the message is its standard input.
. "$(dirname "$0")/common.sh"
PACKAGE=python3
ROOT=$CACHE/smtplib
PYTHON=/usr/bin/python3
export PYTHONDONTWRITEBYTECODE=1
# On a machine without Python, install.sh unpacked one here; it has to be told that it is not in /usr.
if [ -e "$ROOT/usr/bin/python3" ] && [ ! -e "$PYTHON" ]; then
  PYTHON=$ROOT/usr/bin/python3
  LD_LIBRARY_PATH=$(libraries "$ROOT")
  export PYTHONHOME=$ROOT/usr LD_LIBRARY_PATH
fi

"$PYTHON" -c 'import smtplib, ssl' 2>/dev/null || missing
case ${1:-} in
  --check) exit 0 ;;
  --version) "$PYTHON" --version ;;
  *) exec "$PYTHON" "$HERE/smtplib_client.py" "$@" ;;
esac
