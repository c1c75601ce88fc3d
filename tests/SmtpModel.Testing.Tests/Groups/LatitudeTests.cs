using SmtpModel.Machines;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Tests.Groups;

// What a server may do with a group, and what it may not (RFC 2920 3.1, 3.2).
public class LatitudeTests
{
    private const string Offer = "250-mx.example.test\r\n250 PIPELINING\r\n";
    private static readonly Profile Profile = Profiles.Composed("PIPELINING");
    private static readonly Palette Moves = new(Profile.Table, new PaletteOptions());

    [Theory]
    [InlineData("503 no", null, null)]
    [InlineData("554 no valid recipients", null, null)]
    [InlineData("354 go on", "554 no valid recipients", null)]
    [InlineData("354 go on", "250 ok", "an empty message to nobody: 250")]
    public async Task DATA_of_a_group_whose_recipients_were_refused_may_be_refused_or_a_single_dot_ends_it(
        string data,
        string? end,
        string? remark
    )
    {
        await using var server = new CannedServer([
            ("EHLO", Offer),
            ("DATA\r\n", $"250 ok\r\n550 no\r\n{data}\r\n"),
            .. end is null ? [] : new[] { (".\r\n", $"{end}\r\n") },
            ("RSET", "250 ok\r\n"),
        ]);
        var (result, runner) = await PlayAsync(
            server,
            [.. Envelope(isRefused: true), new(Moves.Data[0]), new(Moves.Valid(Rfc821.RSET)[0])]
        );
        Assert.Equal((null, null), (result.Violation, result.Inconclusive));
        Assert.EndsWith(end is null ? "DATA\r\nRSET\r\n" : "DATA\r\n.\r\nRSET\r\n", server.Heard, StringComparison.Ordinal);
        Assert.Equal(
            remark,
            runner.NonStrict.Keys.Select(note => note.What).FirstOrDefault(what => what.StartsWith("an empty", StringComparison.Ordinal))
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Replies_may_come_in_one_packet_or_octet_by_octet(bool isPiecemeal)
    {
        await using var server = new CannedServer(
            [("EHLO", Offer), ("DATA\r\n", "250 ok\r\n250-it\r\n250 is\r\n354 go on\r\n"), ("text\r\n.\r\n", "250 ok\r\n")],
            isPiecemeal: isPiecemeal
        );
        var (result, _) = await PlayAsync(server, [.. Envelope(), new(Moves.Data[0])]);
        Assert.Equal((null, null, new GroupCount(1, 3)), (result.Violation, result.Inconclusive, result.Groups));
    }

    [Theory]
    [InlineData("421 closing\r\n")]
    [InlineData("421 closing\r\n503 no\r\n503 no\r\n")]
    public async Task What_stands_behind_421_in_a_group_is_not_judged(string replies)
    {
        await using var server = new CannedServer([("EHLO", Offer), ("DATA\r\n", replies)]);
        var (result, _) = await PlayAsync(server, Envelope());
        Assert.Equal((null, null), (result.Violation, result.Inconclusive));
    }

    [Fact]
    public async Task A_connection_that_is_reset_behind_a_group_is_no_violation_for_replies_may_be_lost()
    {
        await using var server = new CannedServer([("EHLO", Offer), ("DATA\r\n", "250 ok\r\n")], isCutOff: true);
        var (result, _) = await PlayAsync(server, Envelope());
        Assert.Equal((null, "the connection was reset behind a group, and replies may be lost"), (result.Violation, result.Inconclusive));
    }

    [Fact]
    public async Task A_connection_that_is_closed_in_a_group_without_421_is_a_violation()
    {
        await using var server = new CannedServer([("EHLO", Offer), ("DATA\r\n", "250 ok\r\n")]);
        var (result, _) = await PlayAsync(server, Envelope());
        Assert.Equal((ViolationKind.Closed, Rfc821.RCPT), (result.Violation?.Kind, result.Violation?.Command));
    }

    [Theory]
    [InlineData("QUIT", "221 bye\r\n", true)]
    [InlineData("QUIT", "354 go on\r\n221 bye\r\n", false)]
    public async Task A_reply_that_is_missing_is_told_from_one_that_is_late_by_the_reply_to_QUIT(string heard, string said, bool isMissing)
    {
        await using var server = new CannedServer([("EHLO", Offer), ("DATA\r\n", "250 ok\r\n250 ok\r\n"), (heard, said)]);
        var (result, _) = await PlayAsync(server, Envelope());
        Assert.Equal((isMissing ? ViolationKind.Silence : null, !isMissing), (result.Violation?.Kind, result.Inconclusive is not null));
    }

    [Theory]
    [InlineData("250-mx.example.test\r\n250 SIZE\r\n")]
    [InlineData("250 mx.example.test\r\n")]
    public async Task Where_this_EHLO_does_not_list_PIPELINING_no_group_is_sent(string offer)
    {
        await using var server = new CannedServer([
            ("EHLO", offer),
            ("MAIL", "250 ok\r\n"),
            ("RCPT", "250 ok\r\n"),
            ("DATA\r\n", "354 go on\r\n"),
            ("text\r\n.\r\n", "250 ok\r\n"),
        ]);
        var (result, _) = await PlayAsync(server, [.. Envelope(), new(Moves.Data[0])]);
        Assert.Equal((null, null, default(GroupCount)), (result.Violation, result.Inconclusive, result.Groups));
    }

    private static List<Step> Envelope(bool isRefused = false) =>
    [
        new(Moves.Valid(Rfc5321.EHLO)[0]),
        new(Moves.Valid(Rfc821.MAIL)[0]),
        new(isRefused ? Moves.Refusable(Rfc821.RCPT).First() : Moves.Valid(Rfc821.RCPT)[0]) { IsJoined = true },
        new(Moves.Valid(Rfc821.DATA)[0]) { IsJoined = true },
    ];

    private static async Task<(RunResult Result, SessionRunner Runner)> PlayAsync(CannedServer server, IReadOnlyList<Step> steps)
    {
        var runner = new SessionRunner(new Oracle(Profile.Table));
        var transcript = new Transcript();
        var result = await runner.RunAsync(server.Target, new TestSession(steps), transcript, TestContext.Current.CancellationToken);
        TestRun.Print($"{transcript}{result}");
        return (result, runner);
    }
}
