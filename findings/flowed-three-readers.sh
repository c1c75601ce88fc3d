#!/bin/bash
# format=flowed in three libraries: mailparser 3.14.2 and postal-mime 4.0.0 (npm), MimeKit 4.18.2 (NuGet) make three texts of one.
# Guess: one text. RFC 3676: lines join within one depth of quotes only (4.5), the quote marks go with the line break (4.5), and the
# signature's "-- " never joins (4.3). postal-mime joins across depths and leaves ">" in mid line; MimeKit makes "-- Jo" of the
# signature's first two lines, so that what cuts signatures off finds none; mailparser reads this one right.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
npm_add mailparser@3.14.2 postal-mime@4.0.0
printf '%s\r\n' 'MIME-Version: 1.0' 'Content-Type: text/plain; format=flowed' '' \
  '> see ' '> you ' '>> where?' 'at ' '> home' bye '-- ' Jo >"$T/m.eml"
cat >"$T/run.mjs" <<'JS'
import { simpleParser } from 'mailparser';
import PostalMime from 'postal-mime';
import { readFileSync } from 'fs';
const m = readFileSync(process.argv[2]);
for (const text of [(await simpleParser(m)).text, (await PostalMime.parse(m)).text]) console.log(text.trim().replaceAll('\n', '|'));
JS
got=$(timeout 20 node "$T/run.mjs" "$T/m.eml")
same mailparser '> see you |>> where?|at |> home|bye|-- |Jo' "$(sed -n 1p <<<"$got")"
same postal-mime '> see > you >> where?|at > home|bye|-- |Jo' "$(sed -n 2p <<<"$got")"
nuget MimeKit:4.18.2 <<'CS'
Console.WriteLine(MimeKit.MimeMessage.Load(args[0]).TextBody.Trim().ReplaceLineEndings("|"));
CS
same MimeKit '> see you |>> where?|at |> home|bye|-- Jo' "$(dotnet_run "$T/m.eml")"
finish
