#!/bin/bash
# exim4.sh: Exim's daemon. With PEER_USER it is a submission server: TLS with the files PEER_CERT and PEER_KEY, and the login
# of PEER_USER with PEER_PASSWORD before any mail. EXIM_ENFORCE_SYNC=false lets a client talk ahead without PIPELINING; EXIM_MAX_UNKNOWN and
# EXIM_MAX_ERRORS put its limits on unknown commands and other errors back; EXIM_EXTRA holds lines to
# add to the main part of its configuration. With PEER_RELAY all mail is sent on to the server at that port of 127.0.0.1.
. "$(dirname "$0")/common.sh"
. "$HERE/private.sh"
. "$HERE/exim-instance.sh"

check_installed() { links "$EXIM" || missing; }
version() { package_version; }

serve() {
  make_spool
  configuration >"$WORK/exim.conf"
  if [ -n "${PEER_RELAY:-}" ]; then let_deliver; fi
  exec "$EXIM" -C "$WORK/exim.conf" -bdf -oX "127.0.0.1.$PORT"
}

onward() {
  [ -n "${PEER_RELAY:-}" ] || return 0
  cat <<CF
onward:
  driver = manualroute
  domains = example.test
  route_list = * 127.0.0.1
  transport = sink
  self = send
CF
}

# The limits that are lifted were made for clients that make fewer errors and connections than a fuzzer does.
configuration() {
  instance_configuration mx.example.test
  cat <<CF
pid_file_path = $WORK/exim.pid
# it would wait half a minute for a port that is taken, nine times
daemon_startup_retries = 0
daemon_smtp_ports = $PORT
rfc1413_query_timeout = 0s
smtp_accept_max = 500
smtp_accept_max_per_host = 500
smtp_accept_max_per_connection = 1000000
smtp_accept_max_nonmail = 1000000
smtp_accept_queue_per_connection = 0
smtp_connect_backlog = 200
smtp_max_synprot_errors = ${EXIM_MAX_ERRORS:-1000000}
smtp_max_unknown_commands = ${EXIM_MAX_UNKNOWN:-1000000}
smtp_receive_timeout = 60s
smtp_enforce_sync = ${EXIM_ENFORCE_SYNC:-true}
recipients_max = 100000
acl_smtp_rcpt = acl_rcpt
acl_smtp_data = acl_data
acl_smtp_vrfy = accept
acl_smtp_expn = accept
acl_smtp_etrn = deny
$(entrance)
${EXIM_EXTRA:-}
begin acl
acl_mail:
  deny  message = 530 5.7.0 Authentication required
        !authenticated = *
  accept
acl_rcpt:
  deny  message = no such user
        local_parts = refused
  accept domains = example.test
  deny  message = relay not permitted
acl_data:
  $([ -n "${PEER_RELAY:-}" ] && echo accept || echo discard)
begin routers
$(onward)
# VRFY and EXPN ask the routers; mail itself never comes this far
devnull:
  driver = redirect
  domains = example.test
  data = :blackhole:
begin transports
sink:
  driver = smtp
  port = ${PEER_RELAY:-25}
  allow_localhost
  hosts_avoid_tls = *
begin retry
begin rewrite
begin authenticators
$(authenticators)
CF
}

# Exim reads the key as who it has become
entrance() {
  [ -n "${PEER_USER:-}" ] || { echo 'tls_advertise_hosts ='; return; }
  install -o mail -m 600 "$PEER_CERT" "$WORK/names/cert.pem"
  install -o mail -m 600 "$PEER_KEY" "$WORK/names/key.pem"
  cat <<CF
tls_advertise_hosts = *
tls_certificate = $WORK/names/cert.pem
tls_privatekey = $WORK/names/key.pem
auth_advertise_hosts = \${if eq{\$tls_in_cipher}{}{}{*}}
acl_smtp_mail = acl_mail
CF
}

authenticators() {
  [ -n "${PEER_USER:-}" ] || return
  cat <<CF
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = \${if and{{eq{\$auth2}{$PEER_USER}}{eq{\$auth3}{$PEER_PASSWORD}}}}
  server_set_id = \$auth2
login:
  driver = plaintext
  public_name = LOGIN
  server_prompts = <| Username: | Password:
  server_condition = \${if and{{eq{\$auth1}{$PEER_USER}}{eq{\$auth2}{$PEER_PASSWORD}}}}
  server_set_id = \$auth1
CF
}

main "$@"
