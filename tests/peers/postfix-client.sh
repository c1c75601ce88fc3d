#!/bin/bash
# postfix-client.sh PORT RECIPIENT... | --check | --version: Postfix's smtp(8) as a client, in an instance with a queue of its own. It is
# given the message on standard input, and the script ends when it has dealt with it. It prints what became of each recipient, and ends
# with 0 if all were sent to, 69 if the message was returned to the sender for any of them, 75 if it is kept in the queue for any. With
# PEER_PROTOCOL=lmtp it is lmtp(8).
. "$(dirname "$0")/common.sh"
. "$HERE/private.sh"
. "$HERE/postfix-instance.sh"
. "$HERE/queue-client.sh"

# deliver RECIPIENT...: what becomes of them is read in Postfix's log, which is a pipe here
deliver() {
  configure client.example.test
  mkfifo "$WORK/told"
  exec {told}<>"$WORK/told"
  local why
  # before the instance is there, so that it finds the message when it begins
  why=$("$ROOT/usr/sbin/sendmail" -i -f "$SENDER" "$@" <&3 2>&1) || fail 70 "not submitted: $why"
  "$DAEMONS/master" -d -c "$WORK/etc" &
  follow "$#" < <(grep --line-buffered -E 'status=|deliver_request_final|non-delivery|fatal:|panic:' <&"$told")
}

# The agent says what became of each recipient before it parts from the server, and is done when it reports to the queue manager. The
# sender is told last.
follow() {
  local open=$1 busy=1 returned=0 kept=0 telling=0 line
  while [ "$open" -gt 0 ] || [ "$busy" = 1 ] || [ "$telling" = 1 ]; do
    read -r line
    case $line in
      *"to=<$SENDER>"*) ;;
      *'status='*)
        echo "${line#*: *: }"
        open=$((open - 1))
        case $line in
          *'status=bounced'*) returned=1 telling=1 ;;
          *'status=deferred'*) kept=1 ;;
        esac
        ;;
      *'deliver_request_final'*) busy=0 ;;
      *'non-delivery'*) telling=0 ;;
      *) fail 70 "$line" ;;
    esac
  done
  tell "$returned" "$kept"
}

main_cf() {
  instance_cf client.example.test
  cat <<CF
maillog_file = $WORK/told
maillog_file_prefixes = $WORK
export_environment = TZ MAIL_CONFIG LANG LD_LIBRARY_PATH
relayhost = [127.0.0.1]:$PORT
default_transport = ${PEER_PROTOCOL:-smtp}
relay_transport = ${PEER_PROTOCOL:-smtp}
# what is returned goes nowhere
transport_maps = inline:{{$SENDER = discard:}}
CF
}

# smtp and lmtp tell with -v when they are done
master_cf() {
  cat <<CF
pickup     unix n - n 60 1 pickup
cleanup    unix n - n - 0 cleanup
qmgr       unix n - n 300 1 qmgr
rewrite    unix - - n - - trivial-rewrite
bounce     unix - - n - 0 bounce
defer      unix - - n - 0 bounce
trace      unix - - n - 0 bounce
error      unix - - n - - error
retry      unix - - n - - error
discard    unix - - n - - discard
smtp       unix - - n - - smtp -v
lmtp       unix - - n - - lmtp -v
postlog    unix-dgram n - n - 1 postlogd
CF
}

links "$DAEMONS/smtp" || missing
client "$@"
