#!/bin/bash
# learned-replay.sh FILE PORT SEED SESSIONS | --check | --version: random sessions of a learned machine against a server, in Python.
. "$(dirname "$0")/common.sh"
PACKAGE=python3
# the Python that install.sh brings for smtplib.sh, where there is none
ROOT=$CACHE/smtplib
PYTHON=/usr/bin/python3
export PYTHONDONTWRITEBYTECODE=1
if [ -e "$ROOT/usr/bin/python3" ] && [ ! -e "$PYTHON" ]; then
  PYTHON=$ROOT/usr/bin/python3
  LD_LIBRARY_PATH=$(libraries "$ROOT")
  export PYTHONHOME=$ROOT/usr LD_LIBRARY_PATH
fi

"$PYTHON" -c 'import json, socket' 2>/dev/null || missing
case ${1:-} in
  --check) exit 0 ;;
  --version) "$PYTHON" --version ;;
  *) exec "$PYTHON" "$HERE/learned_replay.py" "$@" ;;
esac
