#!/bin/bash
# Net::Server::Mail 0.28 (Perl), which offers PIPELINING: where the next MAIL, RCPT and DATA come in one packet with the end of a message,
# they are carried out, and are also in the message: the application is handed the text, the lone dot, and the commands as lines of mail.
# RFC 2920 3.1: the content of a message is "explicitly allowed to be the first 'command' in a group". Guess: it ends at the dot, as
# everything is answered rightly. data_part cuts the dot off only where nothing but QUIT follows (`(QUIT\r?\n)?$`); its first look, for
# where the rest begins, is right. So a message ends in lines that nobody wrote, where signatures over the body fail; and as it depends on
# how TCP cuts the packets, no test that waits for the replies shows it.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
deb perl libnet-server-mail-perl=0.28-2
cat >"$T/server.pl" <<'PL'
use strict; use IO::Socket::INET; use Net::Server::Mail::ESMTP;
$| = 1; $SIG{PIPE} = 'IGNORE'; alarm 60;
my $listener = IO::Socket::INET->new(Listen => 5, LocalAddr => '127.0.0.1', LocalPort => $ARGV[0], ReuseAddr => 1) or die $!;
while (my $client = $listener->accept) {
  my $server = Net::Server::Mail::ESMTP->new(socket => $client);
  $server->register('Net::Server::Mail::ESMTP::PIPELINING');
  $server->set_callback(DATA => sub {
    my ($session, $data) = @_;
    (my $shown = $$data) =~ s/\r\n/\//g;
    print join(' ', $session->get_recipients), ": $shown\n";
    return 1;
  });
  $server->process;
}
PL
PORT=$(free_port)
PERL5LIB=$T/perl/usr/share/perl5 start log perl "$T/server.pl" "$PORT"
wait_port "$PORT" log
one='MAIL FROM:<a@example.test>\r\nRCPT TO:<b@example.test>\r\nDATA'
next='MAIL FROM:<next@example.test>\r\nRCPT TO:<c@example.test>\r\nDATA'
talk "$PORT" 'EHLO c.test' "$one" "X: 1\\r\\n\\r\\nhi\\r\\n.\\r\\n$next" 'X: 2\r\n\r\nho\r\n.' QUIT >"$T/said"
talk "$PORT" 'EHLO c.test' "$one" 'X: 3\r\n\r\nhi\r\n.' 'MAIL FROM:<a@example.test>' QUIT >/dev/null
codes() { sed -n '/^> MAIL/,$s/^\([0-9][0-9]*\) .*/\1/p' "$1" | tr '\n' ' '; }
same 'replies behind EHLO' '250 250 354 250 250 250 354 250 221 ' "$(codes "$T/said")"
same 'the first message' 'b@example.test: X: 1//hi/./MAIL FROM:<next@example.test>/RCPT TO:<c@example.test>/DATA/' "$(sed -n 1p "$T/log")"
same 'the second message' 'c@example.test: X: 2//ho/' "$(sed -n 2p "$T/log")"
same 'one at a time' 'b@example.test: X: 3//hi/' "$(sed -n 3p "$T/log")"
finish
