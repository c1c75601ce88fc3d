#!/bin/bash
# exim-client.sh PORT RECIPIENT... | --check | --version: Exim's remote transport as a client, with a spool of its own. It is given the
# message on standard input and delivers it in the foreground. The script prints what became of each recipient, and ends with 0 if all were
# sent to, 69 if the message was returned to the sender for any of them, 75 if it is kept in the queue for any. With PEER_PROTOCOL=lmtp it
# speaks LMTP.
. "$(dirname "$0")/common.sh"
. "$HERE/private.sh"
. "$HERE/exim-instance.sh"
. "$HERE/queue-client.sh"

# deliver RECIPIENT...: Exim's log has => or -> for a recipient that was sent to, ** for one that is returned, == for one that is kept
deliver() {
  make_spool
  # what stands in the usual folder is told when a script fails, and not to send is no failure of this one
  install -d -o mail -g mail "$WORK/told"
  configuration >"$WORK/exim.conf"
  let_deliver
  "$WORK/exim" -C "$WORK/exim.conf" -odf -i -f "$SENDER" "$@" <&3 || fail 70 "not submitted"
  local open=$# returned=0 kept=0 way line
  while read -r _ _ _ way line; do
    case "$way $line" in
      *' R=back'*) continue ;;
      '=>'* | '->'*) ;;
      '**'*) returned=1 ;;
      '=='*) kept=1 ;;
      *) continue ;;
    esac
    open=$((open - 1))
    echo "$way $line"
  done <"$WORK/told/mainlog"
  [ "$open" = 0 ] || fail 70 "not each recipient is in its log: $(cat "$WORK"/told/*)"
  tell "$returned" "$kept"
}

configuration() {
  instance_configuration client.example.test "$WORK/told"
  cat <<CF
begin routers
# what is returned goes nowhere
back:
  driver = redirect
  senders = :
  data = :blackhole:
onward:
  driver = manualroute
  route_list = * 127.0.0.1
  transport = sink
  self = send
begin transports
sink:
  driver = smtp
  protocol = ${PEER_PROTOCOL:-smtp}
  port = $PORT
  allow_localhost
  hosts_avoid_tls = *
begin retry
* * F,2h,15m
CF
}

links "$EXIM" || missing
client "$@"
