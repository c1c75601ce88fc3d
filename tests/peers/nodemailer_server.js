// smtp-server on 127.0.0.1, which takes mail for example.test and throws it away. Started by nodemailer.sh with the port.
// With PEER_USER it is a submission server: TLS with the files PEER_CERT and PEER_KEY, and the login of PEER_USER with
// PEER_PASSWORD before any mail. With PEER_PROTOCOL=lmtp it speaks LMTP. With PEER_RELAY mail is sent on, by nodemailer, to the server at
// that port of 127.0.0.1.
const fs = require('fs');
const { SMTPServer } = require('smtp-server');

const refuse = (code, text) => Object.assign(new Error(text), { responseCode: code });

const relay = Number(process.env.PEER_RELAY || 0);

function sendOn(stream, session, done) {
    const parts = [];
    stream.on('data', (part) => parts.push(part));
    stream.on('end', () => {
        const envelope = { from: session.envelope.mailFrom.address, to: session.envelope.rcptTo.map((recipient) => recipient.address) };
        require('nodemailer').createTransport({ host: '127.0.0.1', port: relay, name: 'mx.example.test', ignoreTLS: true })
            .sendMail({ envelope, raw: Buffer.concat(parts) }, (error) => done(error, 'OK: sent on'));
    });
}

const server = new SMTPServer({
    name: 'mx.example.test',
    banner: 'nodemailer',
    lmtp: process.env.PEER_PROTOCOL === 'lmtp',
    ...entrance(),
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
        if (relay) return sendOn(stream, session, done);
        stream.resume();
        // LMTP has an answer for each recipient
        const answer = server.options.lmtp ? session.envelope.rcptTo.map(() => 'OK: dropped') : 'OK: dropped';
        stream.on('end', () => done(null, answer));
    },
});

function entrance() {
    const { PEER_USER: user, PEER_PASSWORD: password, PEER_CERT: cert, PEER_KEY: key } = process.env;
    if (!user) return { authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'] };
    return {
        cert: fs.readFileSync(cert),
        key: fs.readFileSync(key),
        authMethods: ['PLAIN', 'LOGIN', 'CRAM-MD5', 'XOAUTH2'],
        onAuth(auth, session, done) {
            const right = auth.username === user && (auth.password === password || auth.accessToken === password
                || (auth.method === 'CRAM-MD5' && auth.validatePassword(password)));
            done(right ? null : new Error('Invalid username or password'), right ? { user } : undefined);
        },
    };
}

let listening = false;
server.on('error', (error) => {
    process.stderr.write(`${error.message}\n`);
    // a client that hangs up is an error too, and no reason to stop
    if (!listening) process.exit(1);
});
server.listen(Number(process.argv[2]), '127.0.0.1', () => { listening = true; });
