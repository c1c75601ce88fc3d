#!/bin/bash
# Haraka 3.3.4 (npm): behind the challenge of AUTH lines are commands still: NOOP draws 250 and the login goes on, the asterisk that gives up
# draws 504. A second login, and one inside a transaction, draw 235. Guess: 501 to the first two, 503 to the others.
# RFC 4954 4: the line behind 334 is the response; a single asterisk MUST draw 501; AUTH behind a login or in a transaction MUST draw 503.
# Haraka takes the response for an unrecognized command, so that it comes to the login only where it reads like none.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
npm_add Haraka@3.3.4
HARAKA=$T/node_modules/Haraka
PORT=$(free_port)
mkdir -p "$T/site/config"
cp "$HARAKA/config/connection.ini" "$T/site/config"
echo example.test >"$T/site/config/host_list"
printf '[main]\nlisten=127.0.0.1:%s\nnodes=0\n' "$PORT" >"$T/site/config/smtp.ini"
printf '[core]\nmethods=PLAIN\nconstrain_sender=false\n[users]\nsomeone=right\n' >"$T/site/config/auth_flat_file.ini"
printf '%s\n' auth/flat_file rcpt_to.in_host_list queue/discard >"$T/site/config/plugins"
start server.log node "$HARAKA/bin/haraka" -c "$T/site"
wait_port "$PORT" server.log
codes() { talk "$PORT" 'EHLO c.test' "$@" | sed -n '/^> AUTH\|^> MAIL/,$p' | grep -v '^>' | cut -c1-3 | tr '\n' ' '; }
GOOD=$(printf '\0someone\0right' | base64)
same 'NOOP in the dialogue, and then the response' '334 250 235 ' "$(codes 'AUTH PLAIN' NOOP "$GOOD")"
same 'the asterisk' '334 504 ' "$(codes 'AUTH PLAIN' '*')"
same 'a second login' '235 235 ' "$(codes "AUTH PLAIN $GOOD" "AUTH PLAIN $GOOD")"
same 'a login in a transaction' '250 235 ' "$(codes 'MAIL FROM:<a@example.test>' "AUTH PLAIN $GOOD")"
finish
