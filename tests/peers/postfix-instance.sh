# shellcheck shell=bash
# shellcheck disable=SC2034
# Sourced by the peers that are Postfix under its master: where it lies, its queue, and the head of its main.cf. They run in the namespaces
# of private.sh, have $WORK, and define main_cf and master_cf.
PACKAGE=postfix
ROOT=$CACHE/postfix
DAEMONS=$ROOT/usr/lib/postfix/sbin
LD_LIBRARY_PATH=$(libraries "$ROOT")
export LD_LIBRARY_PATH

# configure HOST: the queue, and the two files as main_cf and master_cf print them
configure() {
  make_queue
  mkdir -p "$WORK/etc"
  # Of a parameter that stands there twice the last one counts, and every process of Postfix warns of it when it starts. The log's own
  # daemon sends that warning to itself, and when its queue is full by then it waits for itself, and all others for it.
  main_cf | tac | awk -F '[ =]' '/^[[:space:]#]/ || !NF || !seen[$1]++' | tac >"$WORK/etc/main.cf"
  master_cf >"$WORK/etc/master.cf"
  # Postfix lets a main.cf younger than this settle for a second and a half
  touch -d '-1 minute' "$WORK"/etc/*.cf
  # what postfix(1) tells its master; without it the master logs to the system's log
  export MAIL_CONFIG=$WORK/etc POSTLOG_SERVICE=postlog POSTLOG_HOSTNAME=$1
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

# instance_cf HOST: what each main.cf begins with
instance_cf() {
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
myhostname = $1
mydomain = example.test
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
alias_maps =
alias_database =
disable_dns_lookups = yes
in_flow_delay = 0
CF
}
