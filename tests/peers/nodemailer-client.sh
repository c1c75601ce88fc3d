#!/bin/bash
# nodemailer-client.sh PORT none|starttls|implicit USER PASSWORD MECHANISM | --check | --version: nodemailer (npm); the message is its standard input.
. "$(dirname "$0")/common.sh"
PACKAGE="nodemailer (npm)"
ROOT=$CACHE/nodemailer-client
export NODE_PATH=$ROOT/node_modules

node -e 'require("nodemailer")' 2>/dev/null || missing
case ${1:-} in
  --check) exit 0 ;;
  --version) node -p '"nodemailer " + require("nodemailer/package.json").version + ", node " + process.versions.node' ;;
  *) exec node "$HERE/nodemailer_client.js" "$@" ;;
esac
