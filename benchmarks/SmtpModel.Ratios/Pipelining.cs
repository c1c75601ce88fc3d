using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using SmtpModel.Server;

namespace SmtpModel.Ratios;

/// <summary>Messages a second on one connection to our server, with groups of commands (RFC 2920) and with a wait for each
/// reply.</summary>
internal static class Pipelining
{
    private static readonly byte[] Mail = "MAIL FROM:<sender@example.test>\r\n"u8.ToArray();
    private static readonly byte[] Rcpt = "RCPT TO:<recipient@example.test>\r\n"u8.ToArray();
    private static readonly byte[] Data = "DATA\r\n"u8.ToArray();
    private static readonly byte[] Message = "Subject: a message\r\n\r\nA line of text.\r\n.\r\n"u8.ToArray();

    // the end of one message and the beginning of the next may stand in one group (RFC 2920 3.1)
    private static readonly byte[] Envelope = [.. Mail, .. Rcpt, .. Data];
    private static readonly byte[] Next = [.. Message, .. Envelope];

    /// <summary>Prints both for each round, and the median of their ratio; the rounds alternate, and the first one only warms
    /// up.</summary>
    public static async Task MeasureAsync(int messages, int rounds)
    {
        var options = new SmtpServerOptions
        {
            Profile = "esmtp",
            EndPoints = [new IPEndPoint(IPAddress.Loopback, 0)],
            Store = DiscardStore.Instance,
        };
        await using var server = new SmtpServer(options);
        await server.StartAsync();
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await client.ConnectAsync(server.EndPoints[0]);
        var talk = new Talk(client);
        await talk.ExpectAsync(220);
        await talk.SayAsync("EHLO client.example.test\r\n"u8.ToArray(), 250);
        List<double> ratios = [];
        for (var round = 0; round <= rounds; round++)
        {
            var lockstep = await RateAsync(messages, () => LockstepAsync(talk, messages));
            var groups = await RateAsync(messages, () => GroupsAsync(talk, messages));
            if (round > 0)
            {
                ratios.Add(groups / lockstep);
                Console.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"lockstep {lockstep:0} groups {groups:0} messages/s, ratio {groups / lockstep:0.00}"
                    )
                );
            }
        }

        ratios.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"median ratio {ratios[ratios.Count / 2]:0.00}"));
    }

    private static async Task<double> RateAsync(int messages, Func<Task> play)
    {
        var clock = Stopwatch.GetTimestamp();
        await play();
        return messages / Stopwatch.GetElapsedTime(clock).TotalSeconds;
    }

    private static async Task LockstepAsync(Talk talk, int messages)
    {
        for (var message = 0; message < messages; message++)
        {
            await talk.SayAsync(Mail, 250);
            await talk.SayAsync(Rcpt, 250);
            await talk.SayAsync(Data, 354);
            await talk.SayAsync(Message, 250);
        }
    }

    private static async Task GroupsAsync(Talk talk, int messages)
    {
        await talk.SayAsync(Envelope, 250, 250, 354);
        for (var message = 1; message < messages; message++)
        {
            await talk.SayAsync(Next, 250, 250, 250, 354);
        }

        await talk.SayAsync(Message, 250);
    }

    /// <summary>The client's side of a connection.</summary>
    private sealed class Talk(Socket socket)
    {
        private readonly byte[] _buffer = new byte[4096];
        private int _start;
        private int _end;

        public async ValueTask SayAsync(byte[] octets, params int[] replies)
        {
            await socket.SendAsync(octets);
            await ExpectAsync(replies);
        }

        public async ValueTask ExpectAsync(params int[] replies)
        {
            foreach (var reply in replies)
            {
                while (!await IsLastLineAsync(reply))
                {
                }
            }
        }

        // one line of a reply; whether it is its last
        private async ValueTask<bool> IsLastLineAsync(int reply)
        {
            int length;
            while ((length = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n"u8)) < 0)
            {
                _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
                (_start, _end) = (0, _end - _start);
                var read = await socket.ReceiveAsync(_buffer.AsMemory(_end));
                _end += read > 0 ? read : throw new InvalidOperationException("the server has closed the connection");
            }

            var line = _buffer.AsSpan(_start, length);
            _start += length + 2;
            var code = ((line[0] - '0') * 100) + ((line[1] - '0') * 10) + (line[2] - '0');
            return code == reply ? line.Length == 3 || line[3] == ' '
                : throw new InvalidOperationException($"the server answered {code} where {reply} was expected");
        }
    }
}
