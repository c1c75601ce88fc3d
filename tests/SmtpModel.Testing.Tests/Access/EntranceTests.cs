using SmtpModel.Spec;

namespace SmtpModel.Testing.Tests.Access;

/// <summary>Every case is played inside TLS and behind a login, and none of them sees either.</summary>
public class EntranceTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("PLAIN")]
    [InlineData("LOGIN")]
    [InlineData("CRAM-MD5")]
    [InlineData("SCRAM-SHA-256")]
    [InlineData("XOAUTH2")]
    [InlineData("OAUTHBEARER")]
    public async Task Each_mechanism_logs_in_behind_the_first_EHLO_RFC_4954_4(string mechanism)
    {
        await using var server = new SubmissionServer();
        await using var target = server.Target(TlsMode.StartTls, server.Login(mechanism));

        var (session, listed) = await GreetedAsync(target);
        await using (session)
        {
            Assert.Equal($"authenticated as alice with {mechanism}", listed.Note);
            Assert.Equal(250, await CodeAsync(session, "MAIL FROM:<sender@example.test>"));
        }
    }

    [Fact]
    public async Task The_best_mechanism_is_taken_where_none_is_named()
    {
        await using var server = new SubmissionServer(new Submission { IsImplicit = true });
        await using var target = server.Target(TlsMode.Implicit, server.Login());

        var (session, listed) = await GreetedAsync(target);
        await using (session)
        {
            Assert.EndsWith(" with SCRAM-SHA-256", listed.Note, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Behind_STARTTLS_the_session_is_as_behind_the_greeting_and_nothing_was_said_RFC_3207_4_2()
    {
        await using var server = new SubmissionServer();
        await using var target = server.Target(TlsMode.StartTls);

        await using var session = await target.ConnectAsync(0, Cancellation);
        Assert.Equal(
            (220, "STARTTLS, and all inside TLS 1.3"),
            (session.Greeting.Code, session.Greeting.Note?.Replace("1.2", "1.3", StringComparison.Ordinal))
        );
        Assert.Null(await session.UnaskedAsync(TimeSpan.FromMilliseconds(100), Cancellation));
        // neither greeted nor in a transaction
        Assert.Equal(530, await CodeAsync(session, "MAIL FROM:<sender@example.test>"));
        Assert.Equal(["--- EHLO client.example.test", "--- STARTTLS", "TLS MAIL FROM:<sender@example.test>"], server.Heard);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ATRN_is_tried_by_who_has_not_logged_in_only_since_it_asks_for_mail_RFC_2645_5_2_1(bool logsIn)
    {
        await using var server = new SubmissionServer(new Submission { Also = "250-ATRN\r\n", IsDemanding = false });
        await using var target = server.Target(TlsMode.StartTls, logsIn ? server.Login() : null);

        var offer = await ServerOffer.ReadAsync(target, Profiles.Rfc5321, new PaletteOptions(), null, null, Cancellation);

        Assert.True(offer.Offer.Lists("ATRN"));
        Assert.NotEqual(logsIn, offer.Profile.Parts.Contains(Rfc2645.Part));
    }

    [Fact]
    public async Task One_login_is_made_on_a_connection_however_often_EHLO_comes()
    {
        await using var server = new SubmissionServer();
        await using var target = server.Target(TlsMode.StartTls, server.Login());

        var (session, _) = await GreetedAsync(target);
        await using (session)
        {
            Assert.Equal(250, await CodeAsync(session, "EHLO again.example.test"));
            Assert.Equal(250, await CodeAsync(session, "RSET"));
            Assert.Equal(250, await CodeAsync(session, "MAIL FROM:<sender@example.test>"));
        }

        Assert.Equal(1, server.Logins);
    }

    [Theory]
    [InlineData("EHLO client.example.test\r\nNOOP\r\n")]
    [InlineData("NOOP\r\nEHLO client.example.test\r\n")]
    [InlineData("HELO client.example.test\r\n")]
    [InlineData("EHLO\r\n")]
    public async Task Nobody_logs_in_behind_what_is_no_EHLO_that_stands_alone_and_is_accepted(string sent)
    {
        await using var server = new SubmissionServer();
        await using var target = server.Target(TlsMode.StartTls, server.Login());

        await using var session = (TcpSession)await target.ConnectAsync(0, Cancellation);
        await session.WriteAsync(System.Text.Encoding.ASCII.GetBytes(sent), Cancellation);
        while (await session.ReadAsync(TimeSpan.FromMilliseconds(200), Cancellation) is { Kind: ObservationKind.Reply })
        {
            // until nothing comes any more
        }

        Assert.Equal(0, server.Logins);
    }

    [Fact]
    public async Task An_EHLO_that_comes_octet_by_octet_is_logged_in_behind_too()
    {
        await using var server = new SubmissionServer();
        await using var target = server.Target(TlsMode.StartTls, server.Login());

        await using var session = (TcpSession)await target.ConnectAsync(0, Cancellation);
        foreach (var octet in "ehlo client.example.test\r\n"u8.ToArray())
        {
            await session.WriteAsync(new[] { octet }, Cancellation);
        }

        Assert.NotNull((await session.ReadAsync(null, Cancellation)).Note);
    }

    [Fact]
    public async Task With_try_a_server_without_STARTTLS_is_tested_in_clear_and_one_with_it_inside_TLS()
    {
        await using var plain = new SubmissionServer(new Submission { Certificate = null });
        await using var inClear = plain.Target(TlsMode.Try);
        await using var session = await inClear.ConnectAsync(0, Cancellation);
        Assert.Null(session.Greeting.Note);
        Assert.Equal(["STARTTLS is not offered, so every session is in clear"], inClear.Notes);

        await using var server = new SubmissionServer();
        await using var target = server.Target(TlsMode.Try);
        await using var secured = await target.ConnectAsync(0, Cancellation);
        Assert.StartsWith("every session is inside TLS 1.", Assert.Single(target.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_sent_in_several_records_or_two_replies_in_one_are_read_as_they_came()
    {
        await using var server = new SubmissionServer();
        await using var target = server.Target(TlsMode.StartTls);

        await using var session = (TcpSession)await target.ConnectAsync(0, Cancellation);
        await session.WriteAsync("NOOP\r\nNO"u8.ToArray(), Cancellation);
        await session.WriteAsync("OP\r\nNOOP\r\n"u8.ToArray(), Cancellation);
        for (var reply = 0; reply < 3; reply++)
        {
            Assert.Equal(250, (await session.ReadAsync(null, Cancellation)).Code);
        }

        // a wait that was given up loses nothing
        Assert.Equal(ObservationKind.Silence, (await session.ReadAsync(TimeSpan.FromMilliseconds(50), Cancellation)).Kind);
        Assert.Equal(250, await CodeAsync(session, "NOOP"));
    }

    [Fact]
    public async Task A_whole_test_inside_TLS_and_behind_a_login_finds_what_one_in_clear_finds()
    {
        await using var open = new SubmissionServer(new Submission { Certificate = null, IsDemanding = false, TakesEarlyRcpt = true });
        await using var closed = new SubmissionServer(new Submission { TakesEarlyRcpt = true });
        await using var inClear = open.Target(TlsMode.None);
        await using var inside = closed.Target(TlsMode.StartTls, closed.Login());

        var (one, other) = (await TestAsync(inClear), await TestAsync(inside));

        Assert.NotEmpty(one.Failures);
        Assert.Equal(Verdicts(one), Verdicts(other));
        Assert.Contains("alice is authenticated with SCRAM-SHA-256 behind the first EHLO of each session", other.Notes);
        Assert.All(closed.Heard.Where(line => line.StartsWith("---", StringComparison.Ordinal)), line =>
            Assert.True(line is "--- EHLO client.example.test" or "--- STARTTLS", line)
        );
    }

    [Fact]
    public async Task What_a_stranger_is_told_with_a_code_that_has_another_meaning_too_is_no_other_state()
    {
        // Postfix: RCPT from whom is not logged in draws 554, and so does DATA without a recipient
        await using var server = new SubmissionServer(new Submission { Demand = "554 5.7.1 Access denied" });
        await using var target = server.Target(TlsMode.StartTls, server.Login());

        Assert.Empty((await TestAsync(target)).Failures);
    }

    [Fact]
    public async Task A_server_that_wants_TLS_and_a_login_is_told_with_the_options_and_is_accused_of_nothing_RFC_4954_6()
    {
        await using var server = new SubmissionServer();
        await using var target = server.Target(TlsMode.None);

        var report = await TestAsync(target);

        Assert.StartsWith("the server wants TLS or a password first: MAIL", report.Headline, StringComparison.Ordinal);
        Assert.Equal("--tls starttls lets the test in", report.Remedy);
        Assert.DoesNotContain(report.Results, result =>
            result.Verdict is CaseVerdict.Fail or CaseVerdict.NonStrict or CaseVerdict.Pass
            && result.Evidence?.Came.StartsWith("530", StringComparison.Ordinal) is true
        );
    }

    private static Task<TestReport> TestAsync(TcpTarget target) =>
        new ConformanceTest(Profiles.Rfc5321, new TestOptions { Select = one => one.Kind is not CaseKind.Wire, Connections = 4 }).RunAsync(
            target,
            null,
            Cancellation
        );

    // before EHLO nobody is logged in
    private static IEnumerable<string> Verdicts(TestReport report) =>
        report.Results.Where(result => result.Case.State?.Name != "Connected").Select(result => $"{result.Case.Id} {result.Verdict}");

    private static async Task<(ITargetSession Session, Observation Listed)> GreetedAsync(TcpTarget target)
    {
        var session = await target.ConnectAsync(0, Cancellation);
        return (session, await session.SendAsync("EHLO client.example.test\r\n"u8.ToArray(), 0, Cancellation));
    }

    private static async Task<int> CodeAsync(ITargetSession session, string line) =>
        (await session.SendAsync(System.Text.Encoding.ASCII.GetBytes(line + "\r\n"), 0, Cancellation)).Code;
}
