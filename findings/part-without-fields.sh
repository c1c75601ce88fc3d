#!/bin/bash
# A part without header fields: boundary, blank line, text. RFC 2046 5.1: "NO header fields are actually required in body parts", and
# the example of 5.1.1 has such a part. Here its text is a greeting, a blank line, and the rest.
# Guess: every reader shows all of it, for the example is as old as MIME. mailparser 3.14.2, MIME::Tools 5.510 and munpack 1.6 do.
# mblaze 1.1 and Email::MIME 1.953 (Perl) begin at the next blank line: the greeting is gone, and so is a part of one paragraph, whole.
# ripMIME 1.4.0.10 saves nothing of such parts. Ruby's Mail 2.7.1 puts two blank lines in front of it. Nobody says a word.
# Email::MIME takes the blank line off together with the one that ends the boundary, then looks for a header (parts_multipart; its
# issue 14 has been open since 2014); mblaze searches for two line ends in a row, with the boundary's own cut off.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
deb ruby $RUBY_MAIL_PACKAGES
deb perl libmime-tools-perl=5.510-1 libemail-mime-perl=1.953-1
deb mblaze mblaze=1.1-1
deb mpack mpack=1.6-18+b1
deb ripmime ripmime=1.4.0.10.debian.1-3+b1
npm_add mailparser@3.14.2
printf '%s\r\n' 'From: a@example.test' 'To: b@example.test' 'Date: Tue, 14 Mar 2017 10:20:30 +0000' 'MIME-Version: 1.0' \
  'Content-Type: multipart/mixed; boundary="bb"' '' \
  --bb '' 'dear all' '' 'the rest' --bb 'Content-Type: text/plain' '' 'typed' --bb '' 'one paragraph' --bb-- >"$T/m.eml"
tr -d '\r' <"$T/m.eml" >"$T/m"
lines() { tr -d '\r' | tr '\n' '/'; }
echo "import { simpleParser } from 'mailparser'; import { readFileSync } from 'node:fs';
console.log((await simpleParser(readFileSync(process.argv[2]))).text)" >"$T/read.mjs"
same mailparser 'dear all//the rest/typed/one paragraph/' "$(timeout 60 node "$T/read.mjs" "$T/m.eml" | lines)"
same MIME::Tools '[dear all//the rest][typed][one paragraph]' "$(perl_in perl -MMIME::Parser -e '
  my $p = MIME::Parser->new; $p->output_to_core(1);
  print "[", $_->bodyhandle->as_string, "]" for $p->parse_open($ARGV[0])->parts' "$T/m" | lines)"
saved() { (cd "$1" && for f in *; do printf '[%s]' "$(lines <"$f")"; done); }
mkdir "$T/unpacked" "$T/ripped"
(cd "$T/unpacked" && "$T/mpack/usr/bin/munpack" -q -t "$T/m" >"$T/munpack.log" 2>&1)
same munpack '[dear all//the rest][typed][one paragraph]' "$(saved "$T/unpacked")"
show() { PATH=$T/mblaze/usr/bin:$PATH mshow -O "$T/m" "$1" | lines; }
same mblaze '[the rest][typed][]' "[$(show 2)][$(show 3)][$(show 4)]"
same Email::MIME '[the rest][typed][]' "$(perl_in perl -MEmail::MIME -e 'local $/; open my $in, "<", $ARGV[0];
  print "[", $_->body, "]" for Email::MIME->new(<$in>)->subparts' "$T/m.eml" | lines)"
"$T/ripmime/usr/bin/ripmime" -i "$T/m" -d "$T/ripped" >"$T/ripmime.log" 2>&1
same ripMIME '[][typed/]' "$(saved "$T/ripped")"
same 'Mail (Ruby)' '[//dear all//the rest][typed][//one paragraph]' \
  "$(ruby_in ruby -e 'Mail.new(File.binread(ARGV[0])).parts.each { |p| print "[#{p.decoded}]" }' "$T/m.eml" | lines)"
finish
