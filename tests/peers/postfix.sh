#!/bin/bash
# postfix.sh: Postfix's smtpd under its master. POSTFIX_EXTRA holds lines to add to main.cf. With PEER_RELAY all mail is sent on to the
# server at that port of 127.0.0.1, instead of being thrown away.
. "$(dirname "$0")/common.sh"
. "$HERE/private.sh"
PACKAGE=postfix
ROOT=$CACHE/postfix
DAEMONS=$ROOT/usr/lib/postfix/sbin
LD_LIBRARY_PATH=$(libraries "$ROOT")
export LD_LIBRARY_PATH

# what a script that sources this one may add
declare -F also_installed >/dev/null || also_installed() { :; }
declare -F before_serving >/dev/null || before_serving() { :; }

check_installed() { links "$DAEMONS/smtpd" && also_installed || missing; }
version() { package_version; }

serve() {
  before_serving
  make_queue
  mkdir -p "$WORK/etc"
  # Of a parameter that stands there twice the last one counts, and every process of Postfix warns of it when it starts. The log's own
  # daemon sends that warning to itself, and when its queue is full by then it waits for itself, and all others for it.
  main_cf | tac | awk -F '[ =]' '/^[[:space:]#]/ || !NF || !seen[$1]++' | tac >"$WORK/etc/main.cf"
  master_cf >"$WORK/etc/master.cf"
  # Postfix lets a main.cf younger than this settle for a second and a half
  touch -d '-1 minute' "$WORK"/etc/*.cf
  # what postfix(1) tells its master; without it the master logs to the system's log
  export MAIL_CONFIG=$WORK/etc POSTLOG_SERVICE=postlog POSTLOG_HOSTNAME=mx.example.test
  exec "$DAEMONS/master" -d -c "$WORK/etc"
}

# The owner and group are accounts that every Debian has, so that none has to be made: news and games.
make_queue() {
  local spool=$WORK/spool
  mkdir -p "$WORK/data" "$spool"/{active,bounce,corrupt,defer,deferred,flush,hold,incoming,private,saved,trace,maildrop,public,pid}
  chown news "$WORK/data" "$spool"/{active,bounce,corrupt,defer,deferred,flush,hold,incoming,private,saved,trace}
  chmod 700 "$spool"/{active,bounce,corrupt,defer,deferred,flush,hold,incoming,private,saved,trace}
  chown news:games "$spool"/{maildrop,public}
  chmod 730 "$spool/maildrop"
  chmod 710 "$spool/public"
}

# where accepted mail goes
onward() { if [ -n "${PEER_RELAY:-}" ]; then echo "smtp:[127.0.0.1]:$PEER_RELAY"; else echo discard:; fi; }

main_cf() {
  cat <<CF
compatibility_level = 3.6
config_directory = $WORK/etc
queue_directory = $WORK/spool
data_directory = $WORK/data
daemon_directory = $DAEMONS
command_directory = $ROOT/usr/sbin
shlib_directory = $ROOT/usr/lib/postfix
meta_directory = $ROOT/etc/postfix
sendmail_path = $ROOT/usr/sbin/sendmail
newaliases_path = $ROOT/usr/bin/newaliases
mailq_path = $ROOT/usr/bin/mailq
import_environment = MAIL_CONFIG MAIL_DEBUG MAIL_LOGTAG TZ LANG=C POSTLOG_SERVICE POSTLOG_HOSTNAME LD_LIBRARY_PATH
mail_owner = news
setgid_group = games
default_privs = nobody
maillog_file = $WORK/log/postfix
maillog_file_prefixes = $WORK/log
myhostname = mx.example.test
mydomain = example.test
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
alias_maps =
alias_database =
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
disable_dns_lookups = yes
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
in_flow_delay = 0
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
