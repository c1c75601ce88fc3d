// Sends the message on standard input with nodemailer: PORT none|starttls|implicit USER PASSWORD MECHANISM [RECIPIENT...]; USER - for no login.
const nodemailer = require('nodemailer');

const [port, tls, user, pass, method, ...recipients] = process.argv.slice(2);
const transport = nodemailer.createTransport({
  host: '127.0.0.1',
  port: Number(port),
  name: 'client.example.test',
  secure: tls === 'implicit',
  requireTLS: tls === 'starttls',
  ignoreTLS: tls === 'none',
  // the certificate is of a test's own making
  tls: { rejectUnauthorized: false },
  authMethod: method,
  auth: user === '-' ? undefined : { user, pass },
});
const chunks = [];
process.stdin.on('data', (chunk) => chunks.push(chunk));
process.stdin.on('end', () => {
  const envelope = { from: 'sender@example.test', to: recipients.length ? recipients : ['recipient@example.test'] };
  transport.sendMail({ envelope, raw: Buffer.concat(chunks) }).catch((fault) => {
    console.error(fault.message);
    process.exitCode = 1;
  });
});
