// smtp-server on 127.0.0.1, which takes mail for example.test and throws it away. Started by nodemailer.sh with the port.
const { SMTPServer } = require('smtp-server');

const refuse = (code, text) => Object.assign(new Error(text), { responseCode: code });

const server = new SMTPServer({
    name: 'mx.example.test',
    banner: 'nodemailer',
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    maxClients: Infinity,
    socketTimeout: 60000,
    size: 10485760,
    logger: false,
    onRcptTo(recipient, session, done) {
        const address = recipient.address.toLowerCase();
        if (!address.endsWith('@example.test')) return done(refuse(554, 'Relay access denied'));
        if (address === 'refused@example.test') return done(refuse(550, 'No such user'));
        done();
    },
    onData(stream, session, done) {
        stream.resume();
        stream.on('end', () => done(null, 'OK: dropped'));
    },
});

let listening = false;
server.on('error', (error) => {
    process.stderr.write(`${error.message}\n`);
    // a client that hangs up is an error too, and no reason to stop
    if (!listening) process.exit(1);
});
server.listen(Number(process.argv[2]), '127.0.0.1', () => { listening = true; });
