#!/bin/bash
# smtp-tester 2.1.0 (npm), an SMTP server for tests. Two messages to one address are there; captureOne gives the first, and the next
# captureOne waits in vain, for the first call took both off the list: as it starts, each stored message runs through its handler,
# which removes it. One message to two recipients: captured for the one, gone for the other. Two calls that wait side by side get the
# same message, and the second one is nobody's. Guess: each call gives the next message, and each recipient has one of its own.
# An exception in a handler, such as a failed assertion, is told to the client: 450 behind the dot, so that the program under test takes
# the message for not sent and would send it again. Guess: the test fails, the server says 250. The server took all of them (250 each).
# A test of two messages ("confirm", then "welcome") fails or passes by which of them was sent before captureOne was called.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
npm_add smtp-tester@2.1.0 nodemailer@10.6.1
cat >"$T/run.cjs" <<'JS'
const port = +process.argv[2];
const server = require('smtp-tester').init(port);
const client = require('nodemailer').createTransport({ host: '127.0.0.1', port });
const send = async (subject, ...to) =>
  (await client.sendMail({ from: 'a@example.test', to, subject, text: 'x' }).catch((e) => e)).response;
const capture = (who) =>
  server.captureOne(who, { wait: 1000 }).then((got) => got.email.headers.subject, (error) => error.message);
(async () => {
  const replies = [await send('one', 'b@example.test'), await send('two', 'b@example.test')];
  console.log([...replies, await capture('b@example.test'), await capture('b@example.test')].join(' / '));
  await send('both', 'c@example.test', 'd@example.test');
  console.log([await capture('c@example.test'), await capture('d@example.test')].join(' / '));
  const waiting = [capture('e@example.test'), capture('e@example.test')];
  await send('three', 'e@example.test');
  await send('four', 'e@example.test');
  console.log((await Promise.all(waiting)).join(' / '));
  server.bind('f@example.test', () => { throw new Error('expected welcome'); });
  console.log(await send('confirm', 'f@example.test'));
  process.exit();
})();
JS
got=$(timeout 60 node "$T/run.cjs" "$(free_port)")
line() { sed -n "$1p" <<<"$got"; }
same 'two messages, captured in turn' '250 OK / 250 OK / one / No message delivered to b@example.test' "$(line 1)"
same 'one message for two' 'both / No message delivered to d@example.test' "$(line 2)"
same 'two that wait' 'three / three' "$(line 3)"
same 'the handler throws: the client gets' '450 expected welcome' "$(line 4)"
finish
