#!/bin/bash
# nodemailer.sh: nodemailer's smtp-server (npm) with the handlers in nodemailer_server.js.
. "$(dirname "$0")/common.sh"
PACKAGE="smtp-server (npm)"
ROOT=$CACHE/nodemailer
# what sends mail on is a package of its own
export NODE_PATH=$ROOT/node_modules:$CACHE/nodemailer-client/node_modules

check_installed() { node -e 'require("smtp-server")' 2>/dev/null || missing; }
version() { node -p '"smtp-server " + require("smtp-server/package.json").version + ", node " + process.versions.node'; }
serve() { exec node "$HERE/nodemailer_server.js" "$PORT"; }

main "$@"
