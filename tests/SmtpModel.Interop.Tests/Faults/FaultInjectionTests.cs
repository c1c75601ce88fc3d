using SmtpModel.Interop.Tests.Support;
using SmtpModel.Peers;
using SmtpModel.Spec;
using SmtpModel.Testing;

namespace SmtpModel.Interop.Tests.Faults;

/// <summary>
/// One fault is planted into a real server that has none of its own: the fuzzer finds it under the rule it breaks, and finds
/// nothing where no fault is planted.
/// </summary>
public sealed class FaultInjectionTests
{
    [Fact]
    public async Task A_proxy_without_a_fault_is_accused_of_nothing()
    {
        var report = await FuzzAsync(() => new Fault(), 400, 100);
        Assert.True(report.Findings.Count == 0, string.Join("\n", report.Findings.Select(TestRun.Describe)));
        Assert.Empty(report.Inconclusive);
        Assert.Equal(7, report.Coverage.States.Covered);
    }

    [Fact]
    public Task A_reply_that_comes_twice_breaks_R5_RFC_5321_4_2() => AssertFoundAsync(() => new DoubledReply(), ["R5"], "R5", most: 3);

    // it is waited for, again and again while the session is shrunk: not for long
    [Fact]
    public Task A_reply_that_never_comes_breaks_R5_RFC_5321_4_2() => AssertFoundAsync(() => new SwallowedReply(), ["R5"], 1, ["NOOP: R5"],
        new TcpTimeouts { Reply = TimeSpan.FromSeconds(1) });

    [Fact]
    public Task What_is_out_of_order_and_draws_250_breaks_the_order_RFC_5321_4_1_4() => AssertFoundAsync(() => new EverythingInOrder(),
        ["O5", "E4", "E5"], "Connected, RCPT: E4", "Ready, RCPT: E4", "Ready, DATA: E5", "MailGiven, DATA: E5");

    [Fact]
    public Task A_RSET_that_resets_nothing_shows_in_what_comes_after_it_RFC_5321_4_1_1_5() => AssertFoundAsync(() => new DroppedReset(),
        ["O5", "E4", "E5"], "Ready, MAIL: O5", "Ready, RCPT: E4");

    [Fact]
    public Task A_recipient_who_was_accepted_and_is_not_held_shows_at_DATA_RFC_5321_4_1_1() => AssertFoundAsync(() => new LostRecipient(),
        ["O5"], "RecipientsGiven, DATA: O5");

    [Fact]
    public Task A_channel_that_is_closed_after_the_third_command_breaks_R4_RFC_5321_3_8() =>
        // and O10 where the fourth command is QUIT, which then draws no 221
        AssertFoundAsync(() => new EarlyClose(), ["R4", "O10"], "R4", most: 3);

    [Fact]
    public Task An_answer_after_QUIT_breaks_O10_RFC_5321_4_1_1_10() =>
        AssertFoundAsync(() => new GoesOnAfterQuit(), ["O10"], "Closed, ", most: 3);

    [Fact]
    public async Task A_NOOP_answered_after_QUIT_breaks_O10_RFC_5321_4_1_1_10()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var peer = await StartAsync();
        await using var proxy = new FaultyProxy(peer.EndPoint, () => new GoesOnAfterQuit());
        await using var target = new TcpTarget("127.0.0.1", proxy.Port);
        var session = new TestSession([Move(Rfc821.QUIT), Move(Rfc821.NOOP)]);
        var transcript = new Transcript();
        var result = await new SessionRunner(new Oracle(Profiles.Rfc5321.Table)).RunAsync(target, session, transcript, cancellation);
        Assert.True(result.Violation is { } violation && TestRun.NameOf(violation) == "Closed, NOOP: O10", transcript.ToString());
    }

    private static Step Move(Machines.Command command) =>
        new(new Palette(Profiles.Rfc5321.Table, new PaletteOptions()).Valid(command)[0]);

    // each of the witnesses is found, and whatever else the fault leads to breaks no rule but those it can break
    private static async Task AssertFoundAsync(Func<Fault> fault, string[] rules, string witness, params string[] more) =>
        await AssertFoundAsync(fault, rules, 100, [witness, .. more]);

    private static async Task AssertFoundAsync(Func<Fault> fault, string[] rules, string witness, int most) =>
        await AssertFoundAsync(fault, rules, most, [witness]);

    private static async Task AssertFoundAsync(
        Func<Fault> fault,
        string[] rules,
        int most,
        string[] witnesses,
        TcpTimeouts? timeouts = null
    )
    {
        var report = await FuzzAsync(fault, 800, most, timeouts);
        var said = string.Join("\n", report.Findings.Select(TestRun.Describe));
        Assert.All(witnesses, witness =>
            Assert.True(
                report.Findings.Any(finding => TestRun.NameOf(finding.Violation).Contains(witness, StringComparison.Ordinal)),
                $"'{witness}' was not found, but:\n{said}"
            )
        );
        Assert.All(report.Findings, finding => Assert.True(rules.Contains(finding.Violation.Rule?.Id), TestRun.Describe(finding)));
        TestContext.Current.TestOutputHelper?.WriteLine(said);
    }

    private static async Task<FuzzReport> FuzzAsync(Func<Fault> fault, int sessions, int most, TcpTimeouts? timeouts = null)
    {
        await using var peer = await StartAsync();
        await using var proxy = new FaultyProxy(peer.EndPoint, fault);
        await using var target = new TcpTarget("127.0.0.1", proxy.Port, timeouts);
        var options = new FuzzOptions
        {
            Seed = TestRun.Seed,
            Sessions = TestRun.Cases(sessions),
            MaxViolations = most,
            MaxShrinkTime = TimeSpan.FromMilliseconds(500),
        };
        return await new Fuzzer(Profiles.Rfc5321, options).RunAsync(target, null, TestContext.Current.CancellationToken);
    }

    private static async Task<Peer> StartAsync()
    {
        Installed.Server(PeerNames.Aiosmtpd);
        return await Peer.Start(PeerNames.Aiosmtpd, null, TestContext.Current.CancellationToken);
    }
}
