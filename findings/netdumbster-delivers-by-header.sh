#!/bin/bash
# netDumbster 3.1.1 (NuGet), the SMTP server for tests of .NET programs: ToAddresses, by its comment "the addresses that this message
# will be delivered to", is what the field To says; CcAddresses what Cc says. Two that no RCPT named are there; of the RCPT commands
# only those are left, as BccAddresses, that neither field names. FromAddress is the field From; MAIL FROM is answered and thrown away,
# so a return path of its own (VERP) cannot be tested, and MAIL FROM:<> draws 451. Guess: the envelope, for FromAddress and ToAddresses
# stand beside Headers, and RFC 5321 2.3.1 has the two as different things. A program that forgets a recipient passes each such test.
# Also: lines that begin with a dot keep the one that transparency added (RFC 5321 4.5.2), and EHLO is answered `250-{inputs[1]}`: the
# $ of an interpolated string is missing, and no client minds.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
nuget netDumbster:3.1.1 <<'CS'
var server = netDumbster.smtp.SimpleSmtpServer.Start(int.Parse(args[0]));
server.MessageReceived += (_, e) =>
{
    var m = e.Message;
    string All(netDumbster.smtp.EmailAddress[] list) => string.Join(' ', list.Select(a => a.Address));
    Console.WriteLine($"from {m.FromAddress.Address}, to {All(m.ToAddresses)}, cc {All(m.CcAddresses)}, bcc {All(m.BccAddresses)}");
    Console.WriteLine($"text {m.MessageParts[0].BodyData.ReplaceLineEndings("/")}");
};
Thread.Sleep(60_000);
CS
PORT=$(free_port)
start log dotnet "$T/net/out/finding.dll" "$PORT"
wait_port "$PORT" log
talk "$PORT" 'EHLO c.test' 'MAIL FROM:<>' 'MAIL FROM:<bounces+7@example.org>' 'RCPT TO:<al@example.test>' 'RCPT TO:<blind@example.test>' \
  DATA 'From: jo@example.org\r\nTo: al@example.test, no-rcpt@example.test\r\nCc: no-rcpt-too@example.test\r\n\r\nhi\r\n..profile\r\n.' \
  QUIT >"$T/said"
after() { sed -n "/^> $1/{n;p;q}" "$T/said"; }
same 'EHLO c.test' '250-{inputs[1]}' "$(after EHLO)"
same 'MAIL FROM:<>' '451 Address is invalid.' "$(after 'MAIL FROM:<>')"
same 'MAIL FROM:<bounces+7@example.org>' '250 OK' "$(after 'MAIL FROM:<bounces')"
same 'RCPT TO:<blind@example.test>' '250 OK' "$(after 'RCPT TO:<blind')"
same 'the message, as the test sees it' \
  'from jo@example.org, to al@example.test no-rcpt@example.test, cc no-rcpt-too@example.test, bcc blind@example.test' \
  "$(grep ^from "$T/log")"
same 'its text' 'text hi/..profile' "$(grep ^text "$T/log")"
finish
