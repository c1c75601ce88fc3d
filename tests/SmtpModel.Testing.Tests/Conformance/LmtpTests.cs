using System.Net;
using System.Net.Sockets;
using System.Text;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Tests.Conformance;

/// <summary>One reply for each recipient (RFC 2033 4.2): a server that gives fewer or more is found, and one that gives as many as are due
/// is not.</summary>
public sealed class LmtpTests
{
    private const string Id = "rfc2033/4.2/replies-to-the-end-of-data";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_servers_own_LMTP_is_accused_of_nothing_over_TCP()
    {
        await using var server = await EmbeddedServer.StartAsync(Profiles.Lmtp);
        var report = await new ConformanceTest(Profiles.Lmtp, Options).RunAsync(server, cancellation: Cancellation);

        TestRun.None(
            "accused",
            report
                .Results.Where(result => result.Verdict is CaseVerdict.Fail or CaseVerdict.NonStrict)
                .Select(result => $"{result.Case}: {result.Reason}")
        );
        Assert.Equal(CaseVerdict.Pass, report.Results.Single(result => result.Case.Id == Id).Verdict);
    }

    [Theory]
    [InlineData(0, CaseVerdict.Pass)]
    [InlineData(-1, CaseVerdict.Fail)]
    [InlineData(1, CaseVerdict.Fail)]
    public async Task RFC_2033_4_2_a_server_that_gives_fewer_replies_than_recipients_or_more_fails(int more, CaseVerdict expected)
    {
        await using var server = new Counting(recipients => recipients > 1 ? recipients + more : recipients);
        var options = Options with { Select = one => one.Id == Id };
        var report = await new ConformanceTest(Profiles.Lmtp, options).RunAsync(
            new TcpTarget("127.0.0.1", server.Port, new TcpTimeouts { Reply = TimeSpan.FromSeconds(1) }),
            cancellation: Cancellation
        );

        var result = Assert.Single(report.Results);
        Assert.True(expected == result.Verdict, $"{result.Verdict}: {result.Reason}\n{result.Evidence?.Transcript}");
        if (expected is CaseVerdict.Fail)
        {
            Assert.Contains("RCPT TO", result.Evidence!.Transcript.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [Trait("Rule", "LM7")]
    [InlineData(0, CaseVerdict.Pass)]
    [InlineData(-1, CaseVerdict.Fail)]
    [InlineData(1, CaseVerdict.Fail)]
    public async Task RFC_2033_4_3_BDAT_LAST_is_answered_for_each_recipient_too(int more, CaseVerdict expected)
    {
        await using var server = new Counting(recipients => recipients > 1 ? recipients + more : recipients);
        var options = Options with { Select = one => one.Id == "rfc2033/4.3/replies-to-the-BDAT-LAST" };
        var report = await new ConformanceTest(Profiles.Find("lmtp+chunking")!, options).RunAsync(
            new TcpTarget("127.0.0.1", server.Port, new TcpTimeouts { Reply = TimeSpan.FromSeconds(1) }),
            cancellation: Cancellation
        );

        var result = Assert.Single(report.Results);
        Assert.True(expected == result.Verdict, $"{result.Verdict}: {result.Reason}\n{result.Evidence?.Transcript}");
    }

    [Theory]
    [Trait("Rule", "LM7")]
    [InlineData("503 no recipient\r\n")]
    [InlineData("")]
    public async Task RFC_2033_4_3_where_nobody_is_to_be_answered_for_a_refusal_of_BDAT_LAST_and_nothing_are_as_good(string toNobody)
    {
        await using var server = new Counting(recipients => recipients) { ToNobody = toNobody };
        var options = Options with { Select = one => one.Id.Contains("/BDAT-LAST-out-of-order-in-MailGiven", StringComparison.Ordinal) };
        var report = await new ConformanceTest(Profiles.Find("lmtp+chunking")!, options).RunAsync(
            new TcpTarget("127.0.0.1", server.Port, new TcpTimeouts { Reply = TimeSpan.FromMilliseconds(500) }),
            cancellation: Cancellation
        );

        Assert.Equal(toNobody.Length > 0 ? CaseVerdict.Pass : CaseVerdict.Inconclusive, Assert.Single(report.Results).Verdict);
    }

    [Fact]
    public async Task RFC_2033_4_2_one_reply_of_several_may_refuse()
    {
        await using var server = new Counting(recipients => recipients) { Last = "452 over quota\r\n" };
        var report = await new ConformanceTest(Profiles.Lmtp, Options with { Select = one => one.Id == Id }).RunAsync(
            new TcpTarget("127.0.0.1", server.Port),
            cancellation: Cancellation
        );

        Assert.Equal(CaseVerdict.Pass, Assert.Single(report.Results).Verdict);
    }

    [Fact]
    public async Task The_fuzzer_finds_a_server_that_answers_once_for_all_and_shows_a_short_session()
    {
        await using var server = new Counting(_ => 1);
        var options = new FuzzOptions
        {
            Seed = TestRun.Seed,
            Sessions = 200,
            MaxViolations = 1,
        };
        var report = await new Fuzzer(Profiles.Lmtp, options).RunAsync(
            new TcpTarget("127.0.0.1", server.Port, new TcpTimeouts { Reply = TimeSpan.FromMilliseconds(500) }),
            cancellation: Cancellation
        );

        var finding = Assert.Single(report.Findings);
        Assert.Equal("LM3", finding.Violation.Rule!.Id);
        Assert.InRange(finding.Session.Steps.Count(step => step.Move.Command == Rfc821.RCPT), 2, 4);
    }

    [Fact]
    public async Task RFC_2033_5_a_server_that_does_not_list_what_all_have_is_told_so()
    {
        await using var server = new Counting(recipients => recipients);
        var report = await new ConformanceTest(Profiles.Lmtp, Options with { Depth = Depth.Greeting }).RunAsync(
            new TcpTarget("127.0.0.1", server.Port),
            cancellation: Cancellation
        );

        Assert.Equal(
            [
                "Fail rfc2033/5/LHLO-lists-ENHANCEDSTATUSCODES",
                "Fail rfc2033/5/LHLO-lists-PIPELINING",
                "NonStrict rfc2033/5/LHLO-lists-8BITMIME",
            ],
            report
                .Results.Where(result => result.Case.Rule.Clause.Section == "5")
                .Select(result => $"{result.Verdict} {result.Case.Id}")
                .Order(StringComparer.Ordinal)
        );
    }

    private static TestOptions Options => new() { Depth = Depth.Data, Patience = TimeSpan.FromMilliseconds(50) };

    // as little of an LMTP server as there can be; it lists none of the extensions that all have, and answers the end of data as often as
    // it is told to
    private sealed class Counting : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly Func<int, int> _replies;

        public Counting(Func<int, int> replies)
        {
            _replies = replies;
            _listener.Start();
            _ = ServeAsync();
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public string Last { get; init; } = "250 OK\r\n";

        /// <summary>What BDAT LAST draws without a recipient.</summary>
        public string ToNobody { get; init; } = "503 no recipient\r\n";

        public ValueTask DisposeAsync()
        {
            _listener.Dispose();
            return ValueTask.CompletedTask;
        }

        private async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    _ = TalkAsync(await _listener.AcceptTcpClientAsync());
                }
            }
            catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
            {
                // the end of the test
            }
        }

        private async Task TalkAsync(TcpClient client)
        {
            using var _ = client;
            client.NoDelay = true;
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.Latin1);
            try
            {
                await SayAsync("220 mini\r\n");
                var (state, recipients) = (0, 0);
                while (await reader.ReadLineAsync() is { } line)
                {
                    if (state == 3)
                    {
                        if (line == ".")
                        {
                            await SayAsync(Answers(recipients));
                            (state, recipients) = (1, 0);
                        }

                        continue;
                    }

                    var isLast = line.EndsWith(" LAST", StringComparison.OrdinalIgnoreCase);
                    if (line.StartsWith("BDAT ", StringComparison.OrdinalIgnoreCase) && int.TryParse(line.Split(' ')[1], out var octets))
                    {
                        await reader.ReadBlockAsync(new char[octets]);
                    }

                    var said = line.Split(' ')[0].ToUpperInvariant() switch
                    {
                        "BDAT" when !char.IsAsciiDigit(line.ElementAtOrDefault(5)) => (state, recipients, "501 how many?\r\n"),
                        "BDAT" when state is 2 or 4 && recipients > 0 => isLast
                            ? (1, 0, Answers(recipients))
                            : (4, recipients, "250 OK\r\n"),
                        "BDAT" => (state, recipients, isLast ? ToNobody : "503 not now\r\n"),
                        "LHLO" when line.Length > 5 => (1, 0, "250-mini\r\n250 CHUNKING\r\n"),
                        "LHLO" => (state, recipients, "501 a name\r\n"),
                        "MAIL" when state == 1 && line.Contains('<', StringComparison.Ordinal) => (2, 0, "250 OK\r\n"),
                        "RCPT" when state == 2 && line.Contains("elsewhere", StringComparison.Ordinal) => (
                            state,
                            recipients,
                            "550 not here\r\n"
                        ),
                        "RCPT" when state == 2 && line.Contains('@', StringComparison.Ordinal) => (2, recipients + 1, "250 OK\r\n"),
                        "RCPT" when state == 2 => (state, recipients, "501 a mailbox\r\n"),
                        "DATA" when state == 2 && recipients > 0 => (3, recipients, "354 go on\r\n"),
                        "RSET" when state > 0 => (1, 0, "250 OK\r\n"),
                        "NOOP" => (state, recipients, "250 OK\r\n"),
                        "QUIT" => (-1, 0, "221 bye\r\n"),
                        "MAIL" or "RCPT" or "DATA" or "RSET" => (state, recipients, "503 not now\r\n"),
                        _ => (state, recipients, "500 what\r\n"),
                    };
                    (state, recipients, var text) = said;
                    await SayAsync(text);
                    if (state < 0)
                    {
                        return;
                    }
                }
            }
            catch (Exception fault) when (fault is IOException or ObjectDisposedException)
            {
                // the client has gone
            }

            string Answers(int recipients) =>
                string.Concat(Enumerable.Repeat("250 OK\r\n", Math.Max(0, _replies(recipients) - 1)))
                + (_replies(recipients) > 0 ? Last : "");

            async Task SayAsync(string text) => await stream.WriteAsync(Encoding.ASCII.GetBytes(text));
        }
    }
}
