#!/bin/bash
# postfix-strict.sh: postfix.sh, made strict where Postfix is lax out of the box. POSTFIX_EXTRA still has the last word.
POSTFIX_STRICT='smtpd_helo_required = yes
strict_rfc821_envelopes = yes
smtpd_forbid_bare_newline = yes
smtpd_forbid_bare_newline_exclusions =
smtpd_forbid_unauth_pipelining = yes'
. "$(dirname "$0")/postfix.sh"
