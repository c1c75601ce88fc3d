#!/bin/bash
# Exim 4.96 (Debian): a bounce gives ENVID and ORCPT as they came in SMTP, in xtext: "order+207" where the sender had said "order 7".
# Guess: decoded, as RFC 3461 6.3 (a) demands of the envelope id. Postfix 3.7.11 decodes both, so a reader that decodes once more
# for Exim's sake spoils Postfix's. Whoever looks up a bounce by the envelope id he gave does not find it if
# the id has a blank, a plus or an equals sign.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
deb postfix $POSTFIX_PACKAGES
exim_conf <<CF
dsn_advertise_hosts = *
begin routers
gone:
  driver = redirect
  domains = gone.test
  allow_fail
  data = :fail: no longer here
rest:
  driver = accept
  transport = file
begin transports
file:
  driver = appendfile
  file = $T/out/bounce
  user = mail
CF
start exim.log exim -bdf
wait_port "$EXIM" exim.log
fields() { grep -iE '^ *original-(envelope-id|recipient):' "$1" | tr -d '\r' | sed 's/^ *[^:]*: *//' | paste -sd'|'; }
dialogue=('EHLO c.test' 'MAIL FROM:<a@example.test> ENVID=order+207' 'RCPT TO:<b@gone.test> NOTIFY=FAILURE ORCPT=rfc822;b+2Bold@gone.test'
  DATA 'Subject: x\r\n\r\nhi\r\n.' QUIT)
talk "$EXIM" "${dialogue[@]}" >"$T/talk"
for ((i = 0; i < 50; i++)); do [ ! -s "$T/out/bounce" ] || break; sleep 0.2; done
sleep 0.5
same 'Exim: envelope id | original recipient' 'order+207|rfc822;b+2Bold@gone.test' "$(fields "$T/out/bounce")"
peer next 'rcpt=550 no longer here'
next=$PORT
peer bounce
postfix "default_transport = smtp:[127.0.0.1]:$PORT
relay_domains = gone.test
relay_transport = smtp:[127.0.0.1]:$next"
talk "$PORT" "${dialogue[@]}" >"$T/talk"
for ((i = 0; i < 50; i++)); do ! grep -qi '^QUIT' "$T/bounce" || break; sleep 0.2; done
same 'Postfix' 'order 7|rfc822;b+old@gone.test' "$(fields "$T/bounce")"
finish
