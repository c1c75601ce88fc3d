using System.Text.RegularExpressions;
using SmtpModel.Spec;
using SmtpModel.Testing.Tests.Conformance.Servers;

namespace SmtpModel.Testing.Tests.Live;

/// <summary>A finding names what the server did wrong, and not what it spoiled.</summary>
public sealed class FindingReviewTests
{
    [Fact]
    public async Task A_command_that_is_served_elsewhere_is_not_said_to_be_missing_RFC_5321_4_5_1()
    {
        await using var server = new MiniServer(
            new Fault
            {
                // EHLO leaves the transaction open, and what there is already is unknown
                Line = (session, line, right) =>
                    MiniSession.Split(line).Verb is "MAIL" && session.From is not null && session.IsGreeted ? "502 not again"
                    : MiniSession.Split(line).Verb is "EHLO" && session.From is { } from ? Keeping(session, from, right)
                    : right(),
            }
        );
        var findings = await FindingsAsync(server, sessions: 400);

        Assert.Contains(findings, finding => finding.Violation.Command == Rfc821.MAIL);
        TestRun.None(
            "said to be missing",
            findings.Where(finding => finding.Violation.Rule?.Id == Profiles.Rfc5321.Table.Conduct.Minimum.Id)
                .Select(finding => $"{finding.Violation}")
        );

        await using var without = new MiniServer(
            new Fault { Line = (_, line, right) => MiniSession.Split(line).Verb is "MAIL" ? "502 no MAIL here" : right() }
        );
        Assert.Contains(
            await FindingsAsync(without, sessions: 100),
            finding => finding.Violation.Rule?.Id == Profiles.Rfc5321.Table.Conduct.Minimum.Id
        );
    }

    [Fact]
    public async Task A_reply_too_many_is_told_as_that_whichever_command_it_spoils_RFC_5321_4_2()
    {
        await using var server = new MiniServer(
            new Fault
            {
                Line = (_, line, right) => MiniSession.Split(line).Verb is "HELP" ? "502 no help\n250 and this" : right(),
                Pause = TimeSpan.FromMilliseconds(20),
            }
        );
        var findings = await FindingsAsync(server, sessions: 60);

        Assert.NotEmpty(findings);
        Assert.All(findings, finding => Assert.Equal("RFC 5321 4.2", finding.Violation.Rule!.Clause.ToString()));
    }

    [Fact]
    public async Task What_follows_a_malformed_EHLO_that_was_taken_is_held_against_the_state_it_led_to()
    {
        await using var server = new MiniServer(
            new Fault
            {
                Line = (session, line, right) => MiniSession.Split(line) is not ("EHLO", var name) ? right()
                    : session.IsGreeted ? "503 once is enough"
                    : session.Hello(name, new Regex(""), "250 mini.example.test"),
            }
        );
        var findings = await FindingsAsync(server, sessions: 400);

        Assert.NotEmpty(findings);
        TestRun.None(
            "told of the state before",
            findings.Where(finding => finding.Violation.State.Name == "Connected").Select(finding => $"{finding.Violation}")
        );
    }

    private static string Keeping(MiniSession session, string from, Func<string> right)
    {
        var reply = right();
        session.Begin(from);
        return reply;
    }

    private static async Task<IReadOnlyList<Finding>> FindingsAsync(MiniServer server, long sessions) =>
        (
            await new Fuzzer(
                Profiles.Rfc5321,
                new FuzzOptions { Seed = TestRun.Seed, Sessions = sessions, MaxShrinkTime = TimeSpan.FromSeconds(4) }
            ).RunAsync(server.Target, cancellation: TestContext.Current.CancellationToken)
        ).Findings;
}
