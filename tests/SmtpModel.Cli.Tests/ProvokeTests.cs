using System.Xml.Linq;
using SmtpModel.Cli.Tests.Support;
using SmtpModel.Reports;
using SmtpModel.Testing;

namespace SmtpModel.Cli.Tests;

/// <summary><c>smtpmodel provoke</c>: what it says of clients, and of command lines that are wrong.</summary>
public sealed class ProvokeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_client_that_is_right_ends_well()
    {
        Assert.SkipWhen(ShellClient.WhyUnavailable is not null, ShellClient.WhyUnavailable ?? "");
        (await Smtpmodel.RunAsync(["provoke", "--include", "reply/MAIL/*", "--verbose", "--", .. ShellClient.Command()]))
            .EndsWith(ExitCodes.Fine)
            .Says(
                "PASS         reply/MAIL/451",
                "9 passed, 0 failed, 0 not strict, 0 for information, 0 inconclusive, 0 not reached; QUIT: kept"
            );
    }

    [Fact]
    public async Task What_is_wrong_is_said_with_its_rule_and_its_session_and_how_to_play_it_again_and_stands_in_each_report()
    {
        Assert.SkipWhen(ShellClient.WhyUnavailable is not null, ShellClient.WhyUnavailable ?? "");
        var run = await Smtpmodel.RunAsync(["provoke", "--include", "reply/MAIL/55[2]", "--", .. ShellClient.Command(refused: 0)]);
        run.EndsWith(ExitCodes.Usage).Says("no scenario matches 'reply/MAIL/55[2]'; did you mean");
        run = await Smtpmodel.RunAsync([
            "provoke",
            "--include",
            "reply/MAIL/552",
            "--json",
            Place("out.json"),
            "--report",
            $"junit={Place("out.xml")},sarif={Place("out.sarif")},html={Place("out.html")}",
            "--",
            .. ShellClient.Command(refused: 0),
        ]);
        run.EndsWith(ExitCodes.Failure)
            .Says(
                "FAIL         reply/MAIL/552: no message was accepted, and the client says that all went well",
                "RFC 5321 2.1, K40, MUST",
                "Ready      S: 552 no",
                "exit status 0",
                "replay    smtpmodel provoke --include reply/MAIL/552 -- /bin/bash -c '",
                "0 passed, 1 failed"
            );

        var report = Assert.Single(JsonReport.Read(await File.ReadAllTextAsync(Place("out.json"), TestContext.Current.CancellationToken)));
        Assert.Equal([("provoke/reply/MAIL/552", CaseVerdict.Fail, "K40")], report.Cases.Select(one => (one.Id, one.Verdict, one.Rule)));
        Assert.Contains(report.Cases[0].Evidence!.Transcript, line => line.Came == "552 no");
        Assert.Equal("1", XDocument.Load(Place("out.xml")).Root!.Attribute("failures")!.Value);
        Assert.True(File.Exists(Place("out.sarif")) && File.Exists(Place("out.html")));
    }

    // the last line has what stands above it, and so have the reports
    [Fact]
    public async Task How_the_client_parts_counts_once()
    {
        Assert.SkipWhen(ShellClient.WhyUnavailable is not null, ShellClient.WhyUnavailable ?? "");
        var client = ShellClient.Command();
        client[2] = client[2].Replace("say QUIT\nexit 0", "exit 0", StringComparison.Ordinal);
        (await Smtpmodel.RunAsync(["provoke", "--include", "lines/MAIL", "--json", Place("out.json"), "--", .. client]))
            .EndsWith(ExitCodes.Failure)
            .Says(
                "FAIL         the channel was closed without QUIT, in 2 scenarios: lines/MAIL, plain",
                "1 passed, 1 failed, 0 not strict, 0 for information, 0 inconclusive, 0 not reached; QUIT: left out at times"
            );
        var report = Assert.Single(JsonReport.Read(await File.ReadAllTextAsync(Place("out.json"), TestContext.Current.CancellationToken)));
        Assert.Equal([CaseVerdict.Pass, CaseVerdict.Fail], report.Cases.Select(one => one.Verdict));
    }

    [Fact]
    public async Task A_client_that_never_connects_has_no_verdict() =>
        (await Smtpmodel.RunAsync("provoke", "--linger", "50ms", "--", "true", "{port}"))
            .EndsWith(ExitCodes.NoVerdict)
            .Says("no verdict: the client never connected, and ended with exit status 0");

    [Fact]
    public async Task One_that_comes_by_itself_is_waited_for_until_CtrlC()
    {
        await using var tool = Smtpmodel.Start(["provoke", "--listen", "127.0.0.1:0"]);
        await tool.SaysAsync("each connection is the next scenario; Ctrl-C ends");
        tool.Signal(Smtpmodel.SigInt);
        (await tool.EndAsync()).EndsWith(ExitCodes.NoVerdict).Says("no verdict: the client never connected");
    }

    [Theory]
    [InlineData("provoke", "no client: write it behind --", "--listen 127.0.0.1:2525")]
    [InlineData("provoke -- swaks --server 127.0.0.1", "the client is not told where the server is", "{port}")]
    [InlineData(
        "provoke -- no-such-client-of-anybody {port}",
        "'no-such-client-of-anybody' cannot be started",
        "there is no such program"
    )]
    [InlineData("provoke --list --include reply/MIAL/451", "no scenario matches 'reply/MIAL/451'", "did you mean 'reply/MAIL/451'?")]
    [InlineData("provoke --list --include *nothing-like-it*", "no scenario matches", "'smtpmodel provoke --list' prints them all")]
    [InlineData("provoke --profile esmtpsa --list", "needs a certificate", "--tls-cert")]
    [InlineData("provoke --profile rfc5321+starttls --list", "needs a certificate", "--tls-cert")]
    [InlineData("provoke --tls-demanded --list", "there is no TLS", "--tls-cert")]
    [InlineData("provoke --success-exit yes -- x {port}", "'yes' is no exit status", "none by itself")]
    [InlineData("provoke --success-exit 256 -- x {port}", "'256' is no exit status", "from 0 to 255")]
    [InlineData("provoke --deferred-exit none -- x {port}", "'none' is no exit status for --deferred-exit", "from 0 to 255")]
    [InlineData("provoke --deferred-exit 0 -- x {port}", "exit status 0 cannot say both", "--success-exit")]
    [InlineData("provoke --inclde x -- y {port} --other", "'--inclde' of provoke", "did you mean '--include'?")]
    [InlineData("provoke --listen nowhere -- x {port}", "not an address and a port", "127.0.0.1:2525")]
    public async Task What_cannot_be_tried_is_refused_with_what_to_do(string words, params string[] said) =>
        (await Smtpmodel.RunAsync(words.Split(' '))).EndsWith(ExitCodes.Usage).Says(said);

    [Fact]
    public async Task Scenarios_are_chosen_by_number_too() =>
        (await Smtpmodel.RunAsync("provoke", "--list", "--include", "1", "--include", "close/MAIL/*", "--exclude", "close/MAIL/behind"))
            .EndsWith(ExitCodes.Fine)
            .Says("   1  plain", "close/MAIL/before", "2 scenarios");

    [Fact]
    public async Task A_login_is_offered_where_the_profile_has_it() =>
        (await Smtpmodel.RunAsync("provoke", "--list", "--profile", "rfc5321+auth", "--include", "*AUTH/535"))
            .EndsWith(ExitCodes.Fine)
            .Says("reply/AUTH/535", "login/AUTH/535", "A login is demanded, and each AUTH draws 535", "2 scenarios");

    [Fact]
    public async Task A_client_of_LMTP_is_tried_with_its_profile()
    {
        Assert.SkipWhen(ShellClient.WhyUnavailable is not null, ShellClient.WhyUnavailable ?? "");
        (await Smtpmodel.RunAsync([
            "provoke", "--profile", "lmtp", "--include", "each/*-550", "--verbose", "--", .. ShellClient.Command(isLocal: true),
        ]))
            .EndsWith(ExitCodes.Fine)
            .Says("served as lmtp: 4 scenarios", "PASS         each/end-of-data/middle-550", "4 passed, 0 failed");
        (await Smtpmodel.RunAsync(["provoke", "--profile", "lmtp", "--include", "each/*-550", "--", .. ShellClient.Command()]))
            .EndsWith(ExitCodes.Failure)
            .Says(
                "FAIL         plain: the client delivered nothing where all was accepted, and ended with exit status 1",
                "RFC 2033 4.1, K53, MUST: A client of LMTP opens a session with LHLO",
                "C: EHLO client.example.test",
                "1 failed, and nothing else was tried: the client delivered nothing"
            );
    }

    // one whose exit status speaks for the first recipient only: what stands in its output is told, and what is judged by another scenario
    // is played with that one
    [Theory]
    [InlineData("echo \"$name@example.test: $code no\"", false)]
    [InlineData("echo one was refused with $code", false)]
    [InlineData("echo sent", true)]
    public async Task A_client_of_LMTP_may_tell_of_a_recipient_in_its_output_only(string tells, bool isFault)
    {
        Assert.SkipWhen(ShellClient.WhyUnavailable is not null, ShellClient.WhyUnavailable ?? "");
        var client = ShellClient.Command(isLocal: true);
        var end = client[2].IndexOf("say .;", StringComparison.Ordinal);
        client[2] = $"{client[2][..end]}say .; first=$code; for name in second third; do read_reply; [[ $code = 2* ]] || {tells}; done\n"
            + "say QUIT; [[ $first = 2* ]]";
        var run = await Smtpmodel.RunAsync([
            "provoke", "--profile", "lmtp", "--include", "each/end-of-data/first-550", "--include", "each/end-of-data/middle-550", "--",
            .. client,
        ]);
        if (isFault)
        {
            run.EndsWith(ExitCodes.Failure)
                .Says(
                    "FAIL         each/end-of-data/middle-550: the client does not tell of this recipient that was refused, and did where",
                    "K54",
                    "replay    smtpmodel provoke --include each/end-of-data/first-550 --include each/end-of-data/middle-550 --profile lmtp"
                );
        }
        else
        {
            run.EndsWith(ExitCodes.Fine).Says("INFO         each/end-of-data/middle-550", "0 failed");
        }
    }

    private string Place(string name) => Path.Combine(_folder.Path, name);
}
