#!/bin/bash
# tshark 4.0.17 (Debian): behind a DATA that was refused, no command of the client shows until a line with a dot alone; they
# count as mail data. Guess: the dissector, which sees both sides, goes by the reply (RFC 5321 4.1.1.4: the text follows a 354).
# It goes by the word DATA. Also lost: all that follows a dot whose CRLF came in the next segment, and what is pipelined behind
# the dot. A filter such as smtp.req.command == "RCPT" finds nothing in sessions that had it.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
deb tshark tshark=4.0.17-0+deb12u3
commands() { tshark -r "$1" -Y smtp.req.command -T fields -e smtp.req.command | paste -sd' '; }
start=('< 220 mx\r\n' '> EHLO c\r\n' '< 250 mx\r\n' '> MAIL FROM:<a@b.test>\r\n' '< 250 ok\r\n')
rcpt=('> RCPT TO:<b@b.test>\r\n' '< 250 ok\r\n' '> DATA\r\n' '< 354 go\r\n')
finish_it=('< 250 ok\r\n' '> NOOP\r\n' '< 250 ok\r\n' '> QUIT\r\n' '< 221 bye\r\n')
capture "$T/plain.pcap" "${start[@]}" "${rcpt[@]}" '> Subject: x\r\n\r\nhi\r\n.\r\n' "${finish_it[@]}"
same 'an ordinary session' 'EHLO MAIL RCPT DATA NOOP QUIT' "$(commands "$T/plain.pcap")"
capture "$T/refused.pcap" "${start[@]}" '> DATA\r\n' '< 503 RCPT first\r\n' "${rcpt[@]}" '> Subject: x\r\n\r\nhi\r\n.\r\n' "${finish_it[@]}"
same 'DATA refused first, then RCPT DATA' 'EHLO MAIL DATA NOOP QUIT' "$(commands "$T/refused.pcap")"
capture "$T/cut.pcap" "${start[@]}" "${rcpt[@]}" '> Subject: x\r\n\r\nhi\r\n.' '> \r\n' "${finish_it[@]}"
same 'dot and CRLF in two segments' 'EHLO MAIL RCPT DATA' "$(commands "$T/cut.pcap")"
capture "$T/piped.pcap" "${start[@]}" "${rcpt[@]}" '> Subject: x\r\n\r\nhi\r\n.\r\nNOOP\r\nQUIT\r\n' '< 250 ok\r\n250 ok\r\n221 bye\r\n'
same 'NOOP and QUIT in the segment of the dot' 'EHLO MAIL RCPT DATA' "$(commands "$T/piped.pcap")"
finish
