#!/bin/bash
# Exim 4.96 (Debian), remote transport: where a server that offers PIPELINING refuses each RCPT and answers 354 to the DATA that came in the
# same packet, Exim sends QUIT behind 354. That is a line of mail data by then: the server waits for a dot that never comes.
# Guess: a single dot, as RFC 2920 3.1 asks of a client there, and as Postfix 3.7.11 does. A server sees mail data that was cut off, and
# what a test of it counts as QUIT is none.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
deb postfix $POSTFIX_PACKAGES
vain=('ehlo=250-peer.test|250 PIPELINING' 'rcpt=550 no such user' 'data=354 go on' 'dot=554 no valid recipients')
peer exim-sent "${vain[@]}"
exim_conf <<CF
begin routers
back:
  driver = redirect
  senders = :
  data = :blackhole:
onward:
  driver = manualroute
  route_list = * 127.0.0.1
  transport = onward
  self = send
begin transports
onward:
  driver = smtp
  port = $PORT
  allow_localhost
  hosts_avoid_tls = *
CF
printf 'Subject: x\n\nhi\n' >"$T/message"
(exim -odf -i -f a@example.test b@next.test c@next.test <"$T/message" >"$T/exim.log" 2>&1) ||
  skip "exim: $(tail -1 "$T/exim.log")"
# what was sent from DATA on; mail data is indented
behind() { for ((i = 0; i < 50; i++)); do grep -q '^ *QUIT' "$T/$1" && break; sleep 0.2; done; sed -n '/^DATA/,$p' "$T/$1" | paste -sd'|'; }
same 'Exim, behind RCPT RCPT DATA in one packet' 'DATA|  QUIT' "$(behind exim-sent)"
peer postfix-sent "${vain[@]}"
postfix "default_transport = smtp:[127.0.0.1]:$PORT
relay_domains = next.test
relay_transport = smtp:[127.0.0.1]:$PORT"
talk "$PORT" 'EHLO c.test' 'MAIL FROM:<>' 'RCPT TO:<b@next.test>' 'RCPT TO:<c@next.test>' DATA 'Subject: x\r\n\r\nhi\r\n.' QUIT >"$T/talk"
same 'Postfix' 'DATA|QUIT' "$(behind postfix-sent)"
finish
