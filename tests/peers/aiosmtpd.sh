#!/bin/bash
# aiosmtpd.sh: aiosmtpd with the handler in aiosmtpd_server.py. AIOSMTPD_BOGUS=5 puts its own limit on unknown commands back.
. "$(dirname "$0")/common.sh"
PACKAGE=python3-aiosmtpd
ROOT=$CACHE/aiosmtpd
export PYTHONPATH=$ROOT/usr/lib/python3/dist-packages PYTHONDONTWRITEBYTECODE=1
# On a machine without Python, install.sh unpacked one here; it has to be told that it is not in /usr.
PYTHON=/usr/bin/python3
if [ -e "$ROOT/usr/bin/python3" ]; then
  PYTHON=$ROOT/usr/bin/python3
  LD_LIBRARY_PATH=$(libraries "$ROOT")
  export PYTHONHOME=$ROOT/usr LD_LIBRARY_PATH
fi

check_installed() { "$PYTHON" -W ignore -c 'import aiosmtpd.smtp' 2>/dev/null || missing; }
version() { package_version; }
serve() { exec "$PYTHON" -W ignore "$HERE/aiosmtpd_server.py" "$PORT"; }

main "$@"
