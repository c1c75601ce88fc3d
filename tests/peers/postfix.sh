#!/bin/bash
# postfix.sh: Postfix's smtpd under its master. POSTFIX_EXTRA holds lines to add to main.cf. With PEER_RELAY all mail is sent on to the
# server at that port of 127.0.0.1, instead of being thrown away.
. "$(dirname "$0")/common.sh"
. "$HERE/private.sh"
. "$HERE/postfix-instance.sh"

# what a script that sources this one may add
declare -F also_installed >/dev/null || also_installed() { :; }
declare -F before_serving >/dev/null || before_serving() { :; }

check_installed() { links "$DAEMONS/smtpd" && also_installed || missing; }
version() { package_version; }

serve() {
  before_serving
  configure mx.example.test
  exec "$DAEMONS/master" -d -c "$WORK/etc"
}

# where accepted mail goes
onward() { if [ -n "${PEER_RELAY:-}" ]; then echo "smtp:[127.0.0.1]:$PEER_RELAY"; else echo discard:; fi; }

main_cf() {
  instance_cf mx.example.test
  cat <<CF
mynetworks = 127.0.0.0/8
local_recipient_maps =
# whatever is accepted is thrown away, or sent on
relay_domains = example.test
transport_maps =
default_transport = discard:
relay_transport = $(onward)
local_transport = discard:
virtual_transport = discard:
smtpd_relay_restrictions = reject_unauth_destination
smtpd_recipient_restrictions = check_recipient_access inline:{{refused@example.test = 550 5.1.1 no such user}}
smtpd_tls_security_level = none
smtpd_sasl_auth_enable = no
smtpd_peername_lookup = no
# a fuzzer makes more errors and connections than any client that these limits were made for
smtpd_error_sleep_time = 0
smtpd_soft_error_limit = 1000000
smtpd_hard_error_limit = 1000000
smtpd_junk_command_limit = 1000000
smtpd_client_connection_count_limit = 0
smtpd_client_connection_rate_limit = 0
smtpd_client_message_rate_limit = 0
smtpd_client_recipient_rate_limit = 0
smtpd_client_event_limit_exceptions = static:all
smtpd_recipient_overshoot_limit = 100000
smtpd_recipient_limit = 100000
smtpd_timeout = 60s
${POSTFIX_STRICT:-}
${POSTFIX_EXTRA:-}
CF
}

# No service is chrooted: the queue holds no copy of /etc. Bounces are thrown away like all else.
master_cf() {
  cat <<CF
127.0.0.1:$PORT inet n - n - 100 smtpd
pickup     unix n - n 60 1 pickup
cleanup    unix n - n - 0 cleanup
qmgr       unix n - n 300 1 qmgr
rewrite    unix - - n - - trivial-rewrite
bounce     unix - - n - 0 discard
defer      unix - - n - 0 discard
trace      unix - - n - 0 discard
verify     unix - - n - 1 verify
flush      unix n - n 1000? 0 flush
proxymap   unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
error      unix - - n - - error
retry      unix - - n - - error
discard    unix - - n - - discard
smtp       unix - - n - - smtp
anvil      unix - - n - 1 anvil
tlsmgr     unix - - n 1000? 1 tlsmgr
postlog    unix-dgram n - n - 1 postlogd
CF
}

main "$@"
