#!/bin/bash
# Quoted-printable text in which a relay left two blanks behind a soft line break: `one =  `, `two caf=C3=A9`. RFC 2045 6.7 (3): such
# blanks MUST be deleted in decoding; its grammar has transport-padding behind the `=`.
# Guess: each decoder joins the lines, for the same rule is what trims blanks elsewhere. mailparser 3.14.2 and MIME::Tools 5.510 do.
# MimeKit 4.18.2, postal-mime 4.0.0 and mblaze 1.1 show the `=`, and two lines. munpack 1.6 writes byte 255 for it. Ruby's Mail 2.7.1
# decodes nothing from there to the end of the body: its String#unpack('M') gives up at the first `=` it does not know, and hands
# on the rest as it is. One blank at the end of one line, and all letters that are not ASCII behind it are `=C3=A9`.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
deb ruby $RUBY_MAIL_PACKAGES
deb perl libmime-tools-perl=5.510-1
deb mblaze mblaze=1.1-1
deb mpack mpack=1.6-18+b1
npm_add mailparser@3.14.2 postal-mime@4.0.0
printf '%s\r\n' 'From: a@example.test' 'To: b@example.test' 'Date: Tue, 14 Mar 2017 10:20:30 +0000' 'MIME-Version: 1.0' \
  'Content-Type: text/plain; charset=utf-8' 'Content-Transfer-Encoding: quoted-printable' '' \
  'one =  ' 'two caf=C3=A9' 'th=' 'ree' >"$T/m.eml"
tr -d '\r' <"$T/m.eml" >"$T/m"
nuget MimeKit:4.18.2 <<'CS'
Console.Write(MimeKit.MimeMessage.Load(args[0]).TextBody);
CS
cat >"$T/read.mjs" <<'JS'
import { readFileSync } from 'node:fs';
import { simpleParser } from 'mailparser';
import PostalMime from 'postal-mime';
const raw = readFileSync(process.argv[2]);
process.stdout.write(process.argv[3] === 'mailparser' ? (await simpleParser(raw)).text : (await PostalMime.parse(raw)).text);
JS
lines() { tr -d '\r' | tr '\n' '/'; }
same mailparser 'one two café/three/' "$(timeout 60 node "$T/read.mjs" "$T/m.eml" mailparser | lines)"
same MIME::Tools 'one two café/three/' "$(perl_in perl -MMIME::Parser -e 'my $p = MIME::Parser->new; $p->output_to_core(1);
  print $p->parse_open($ARGV[0])->bodyhandle->as_string' "$T/m" | lines)"
same MimeKit 'one =  /two café/three/' "$(dotnet_run "$T/m.eml" | lines)"
same postal-mime 'one =  /two café/three/' "$(timeout 60 node "$T/read.mjs" "$T/m.eml" postal-mime | lines)"
same mblaze 'one =  /two café/three/' "$(PATH=$T/mblaze/usr/bin:$PATH mshow -O "$T/m" 1 | lines)"
mkdir "$T/out"
(cd "$T/out" && "$T/mpack/usr/bin/munpack" -q -t "$T/m" >"$T/munpack.log" 2>&1)
same 'munpack, bytes' '6f6e6520ff0a74776f20636166c3a90a74687265650a' "$(od -An -v -tx1 "$T/out/part1" | tr -d ' \n')"
same 'Mail (Ruby)' 'one =  /two caf=C3=A9/th=/ree/' "$(ruby_in ruby -e 'print Mail.new(File.binread(ARGV[0])).decoded' "$T/m.eml" | lines)"
finish
