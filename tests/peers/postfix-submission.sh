#!/bin/bash
# postfix-submission.sh: postfix.sh as a submission server: TLS with the files PEER_CERT and PEER_KEY, and the login of PEER_USER with
# PEER_PASSWORD (Cyrus SASL) before any mail. POSTFIX_EXTRA still has the last word.
also_installed() { links "$CACHE/sasl/usr/sbin/saslpasswd2" && compgen -G "$CACHE/sasl/usr/lib/*/sasl2/libsasldb.so" >/dev/null; }

# Debian's smtpd has Cyrus SASL look for its file beside main.cf, whatever cyrus_sasl_config_path says
before_serving() {
  mkdir -p "$WORK/etc/sasl"
  SASL_PATH=$(compgen -G "$CACHE/sasl/usr/lib/*/sasl2")
  export SASL_PATH
  cat >"$WORK/etc/sasl/smtpd.conf" <<CF
pwcheck_method: auxprop
auxprop_plugin: sasldb
sasldb_path: $WORK/etc/sasl/users
mech_list: PLAIN LOGIN CRAM-MD5 SCRAM-SHA-256
CF
  printf %s "${PEER_PASSWORD:-}" | "$CACHE/sasl/usr/sbin/saslpasswd2" -p -c -f "$WORK/etc/sasl/users" -u mx.example.test "${PEER_USER:-}"
  chown news "$WORK/etc/sasl/users"
  POSTFIX_STRICT="smtpd_tls_security_level = encrypt
smtpd_tls_cert_file = ${PEER_CERT:-}
smtpd_tls_key_file = ${PEER_KEY:-}
smtpd_sasl_auth_enable = yes
smtpd_sasl_local_domain = mx.example.test
smtpd_recipient_restrictions = check_recipient_access inline:{{refused@example.test = 550 5.1.1 no such user}}, permit_sasl_authenticated, reject
import_environment = MAIL_CONFIG MAIL_DEBUG MAIL_LOGTAG TZ LANG=C POSTLOG_SERVICE POSTLOG_HOSTNAME LD_LIBRARY_PATH SASL_PATH"
}

. "$(dirname "$0")/postfix.sh"
