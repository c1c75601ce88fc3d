using System.Net.Sockets;
using System.Text;

namespace SmtpModel.Cli.Tests.Support;

/// <summary>What a <see cref="FaultySmtp"/> does wrong.</summary>
public enum Fault
{
    None,
    RcptWithoutMail,
    SecondMailKeepsRecipients,
    DataWithoutText,
    RsetForgetsHelo,
    RsetKeepsTheTransaction,
    OneTransactionForAllSessions,
}

/// <summary>A small server of RFC 5321, written by hand so that it owes nothing to the specification under test, with one fault.</summary>
internal static class FaultySmtp
{
    /// <summary>Starts one.</summary>
    /// <param name="fault">What it does wrong.</param>
    /// <param name="door">What is said to who is not let in, by his number and by how many are inside with him; "" for nothing, null for
    /// who is let in.</param>
    public static LoopbackServer Start(Fault fault, Func<int, int, string?>? door = null)
    {
        var shared = new Transaction();
        var (number, inside) = (0, 0);
        return new(
            async (stream, end) =>
            {
                try
                {
                    if (door?.Invoke(Interlocked.Increment(ref number), Interlocked.Increment(ref inside)) is { } refusal)
                    {
                        await stream.WriteAsync(Encoding.Latin1.GetBytes(refusal), end);
                        return;
                    }

                    using var lines = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
                    var transaction = fault is Fault.OneTransactionForAllSessions ? shared : new Transaction();
                    await new Session(stream, lines, fault, transaction).RunAsync(end);
                }
                finally
                {
                    Interlocked.Decrement(ref inside);
                }
            }
        );
    }

    private sealed class Transaction
    {
        public bool Mail { get; set; }

        public int Recipients { get; set; }
    }

    private sealed class Session(NetworkStream stream, StreamReader lines, Fault fault, Transaction transaction)
    {
        private bool _greeted;

        public async Task RunAsync(CancellationToken end)
        {
            Reset();
            await ReplyAsync("220 faulty.example.test", end);
            while (await lines.ReadLineAsync(end) is { } line)
            {
                var words = line.TrimEnd().Split(' ', 2);
                var reply = Answer(words[0].ToUpperInvariant(), words.Length > 1 ? words[1] : "");
                await ReplyAsync(reply, end);
                if (reply.StartsWith("221", StringComparison.Ordinal))
                {
                    return;
                }

                if (reply.StartsWith("354", StringComparison.Ordinal))
                {
                    while (await lines.ReadLineAsync(end) is { } text && text != ".")
                    {
                    }

                    Reset();
                    await ReplyAsync("250 taken", end);
                }
            }
        }

        private string Answer(string verb, string argument) =>
            (verb, argument) switch
            {
                ("HELO" or "EHLO", "") => "501 a domain is missing",
                ("HELO" or "EHLO", var domain)
                    when domain.Contains(' ', StringComparison.Ordinal) || domain.Contains('_', StringComparison.Ordinal) =>
                    "501 no domain",
                ("HELO" or "EHLO", _) => Greet(
                    verb == "EHLO" ? "250-faulty.example.test\r\n250-EXPN\r\n250 HELP" : "250 faulty.example.test"
                ),
                ("MAIL" or "RCPT", var path) when !IsPath(verb, path) => "501 no path",
                ("DATA" or "RSET" or "QUIT", not "") => "501 no argument",
                ("VRFY" or "EXPN", "") => "501 an argument is missing",
                ("NOOP", _) => "250 yes",
                ("HELP", _) => "214 read the standard",
                ("VRFY" or "EXPN", _) => "252 try it",
                ("RSET", _) => Rset(),
                ("QUIT", _) => "221 bye",
                ("MAIL", _) => Mail(),
                ("RCPT", _) => transaction.Mail || fault is Fault.RcptWithoutMail ? Count() : "503 MAIL first",
                ("DATA", _) => transaction.Recipients == 0 ? "503 RCPT first"
                : fault is Fault.DataWithoutText ? "250 go on"
                : "354 go on",
                _ => "500 unknown",
            };

        private static bool IsPath(string verb, string path)
        {
            var prefix = verb == "MAIL" ? "FROM:<" : "TO:<";
            return path.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && path.EndsWith('>')
                && (path[prefix.Length..^1] is var mailbox && mailbox.All(octet => octet is > ' ' and <= '~'))
                && (verb == "MAIL" || mailbox.Length > 0);
        }

        private string Greet(string reply)
        {
            Reset();
            _greeted = true;
            return reply;
        }

        private string Mail()
        {
            if (!_greeted || (transaction.Mail && fault is not Fault.SecondMailKeepsRecipients))
            {
                return "503 not now";
            }

            transaction.Mail = true;
            return "250 sender";
        }

        private string Count()
        {
            transaction.Recipients++;
            return "250 recipient";
        }

        private string Rset()
        {
            if (fault is not Fault.RsetKeepsTheTransaction)
            {
                Reset();
            }

            _greeted &= fault is not Fault.RsetForgetsHelo;
            return "250 forgotten";
        }

        private void Reset() => (transaction.Mail, transaction.Recipients) = (false, 0);

        private async Task ReplyAsync(string reply, CancellationToken end) =>
            await stream.WriteAsync(Encoding.ASCII.GetBytes(reply + "\r\n"), end);
    }
}
