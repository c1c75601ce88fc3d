#!/bin/bash
# Sendmail 8.17.1.9 (Debian): EHLO offers VERB, and after it the end of data draws lines with the code 050 before the 250.
# Guess: more text, in 250- lines. RFC 5321 4.2: the first digit of a reply is 2 to 5, and one command draws one reply.
# A client that reads the reply's first line takes 050 for the verdict: smtplib (Python 3.11.2) raises an error for delivered mail.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
deb sendmail sendmail-bin=8.17.1.9-2+deb12u2 sendmail-cf=8.17.1.9-2+deb12u2 sendmail-base=8.17.1.9-2+deb12u2
deb m4 m4=1.4.19-3
deb python $PYTHON_PACKAGES
cf=$T/sendmail/usr/share/sendmail/cf
mkdir -p "$T/q"
cat >"$T/finding.mc" <<MC
OSTYPE(\`linux')dnl
define(\`confDOMAIN_NAME', \`mx.example.test')dnl
define(\`QUEUE_DIR', \`$T/q')dnl
define(\`LOCAL_MAILER_PATH', \`/bin/true')dnl
MAILER(\`local')dnl
MAILER(\`smtp')dnl
MC
in_root m4 "$T/m4/usr/bin/m4" "-D_CF_DIR_=$cf/" "$cf/m4/cf.m4" "$T/finding.mc" |
  sed '/^F[wt]/d; /^O HelpFile/d; /^O AliasFile/d; /^O StatusFile/d' >"$T/finding.cf"
chmod go-w "$T/finding.cf"
chmod 755 "$T/sendmail/usr/libexec/sendmail/sendmail"   # set-gid would drop the path of the unpacked libraries
PORT=$(free_port)
start sendmail.log boxed sendmail 'smmta smmsp' /usr/libexec/sendmail/sendmail -bD -C "$T/finding.cf" -OLogLevel=0 -odi \
  -ORefuseLA=999 -OQueueLA=999 \
  -ODaemonPortOptions="Addr=127.0.0.1,Port=$PORT,Name=MTA" -OPidFile="$T/pid"
wait_port "$PORT" sendmail.log
got=$(talk "$PORT" 'EHLO c.test' VERB 'MAIL FROM:<>' 'RCPT TO:<root@mx.example.test>' DATA 'Subject: x\r\n\r\nhi\r\n.' QUIT)
same 'offered' 250-VERB "$(grep VERB <<<"$got" | head -1)"
same 'VERB' '250 2.0.0 Verbose mode' "$(grep Verbose <<<"$got")"
same 'behind the dot' '050 <root@mx.example.test>... Connecting to local.../050 <root@mx.example.test>... Sent/250 2.0.0' \
  "$(sed -n '/^050/,/^250/p' <<<"$got" | sed 's/^\(250 2.0.0\) .*/\1/' | paste -sd/)"
cat >"$T/send.py" <<'PY'
import smtplib, sys
client = smtplib.SMTP('127.0.0.1', int(sys.argv[1]), timeout=30)
client.ehlo('c.test')
client.docmd('VERB')
try:
    print(client.sendmail('', ['root@mx.example.test'], 'Subject: x\r\n\r\nhi\r\n'))
except smtplib.SMTPException as e:
    print(repr(e))
PY
same 'smtplib, which asked for VERB' "SMTPDataError(50, b'<root@mx.example.test>... Connecting to local...')" \
  "$(python "$T/send.py" "$PORT")"
finish
