using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using SmtpModel.Spec;
using SmtpModel.Testing.Tests.Conformance.Servers;

namespace SmtpModel.Testing.Tests.Extensions;

/// <summary>Behind HELO nothing is offered, and a server may refuse what belongs to an extension as it likes.</summary>
public sealed class BehindHeloTests
{
    [Theory]
    [InlineData("HELO", false)]
    [InlineData("EHLO", true)]
    public async Task A_command_of_an_extension_may_draw_any_refusal_behind_HELO_and_only_there(string hello, bool isRemarked)
    {
        await using var server = new MiniServer(Queued(refusing: hello, with: "550 not that way"));

        var report = await new Fuzzer(Profiles.Composed("etrn"), new FuzzOptions { Seed = TestRun.Seed, Sessions = 300 }).RunAsync(
            server.Target,
            cancellation: TestContext.Current.CancellationToken
        );

        var remarks = report.NonStrict.Keys.Where(remark => remark.What.StartsWith("ETRN", StringComparison.Ordinal)).ToList();
        var said = string.Join("; ", remarks);
        Assert.True(report.Findings.Count == 0, string.Join("; ", report.Findings.Select(finding => finding.Violation)));
        Assert.True(isRemarked == remarks.Any(remark => remark.What == "ETRN: 550"), $"as it is written, behind {hello}: {said}");
        Assert.True(isRemarked == remarks.Any(remark => remark.What == "ETRN (malformed): 550"), $"malformed, behind {hello}: {said}");
    }

    [Theory]
    [InlineData("HELO", false)]
    [InlineData("EHLO", true)]
    public async Task A_parameter_that_was_not_offered_may_draw_a_refusal_of_its_own_wherever_its_line_stands(string hello, bool isFound)
    {
        ConditionalWeakTable<MiniSession, string> greeted = [];
        await using var server = new MiniServer(
            new Fault
            {
                Line = (session, line, right) =>
                {
                    var (verb, argument) = MiniSession.Split(line);
                    if (verb is "EHLO" or "HELO")
                    {
                        greeted.AddOrUpdate(session, verb);
                        return right().Replace("\n250 HELP", "\n250-SIZE 1000000\n250 HELP", StringComparison.Ordinal);
                    }

                    return verb is not "MAIL" || !session.IsGreeted || Sized(argument) is not { } path ? right()
                        : session.From is null ? session.Begin(path)
                        : greeted.TryGetValue(session, out var by) && by == hello ? "501 no parameters"
                        : right();
                },
            }
        );
        var offer = await ServerOffer.ReadAsync(
            server.Target,
            Profiles.Rfc5321,
            new PaletteOptions(),
            cancellation: TestContext.Current.CancellationToken
        );
        var options = new FuzzOptions
        {
            Seed = TestRun.Seed,
            Sessions = 2000,
            Palette = new PaletteOptions { Offer = offer.Offer },
        };

        var report = await new Fuzzer(Profiles.Composed("size"), options).RunAsync(
            server.Target,
            cancellation: TestContext.Current.CancellationToken
        );

        Assert.Equal(isFound, report.Findings.Any(finding => finding.Violation.Came.StartsWith("501", StringComparison.Ordinal)));
        Assert.True(isFound || report.Findings.Count == 0, string.Join("; ", report.Findings.Select(finding => finding.Violation)));
    }

    // ETRN in order is served, and refused with one code whatever its argument where the session was begun with a certain command
    private static Fault Queued(string refusing, string with)
    {
        ConditionalWeakTable<MiniSession, string> greeted = [];
        return new Fault
        {
            Line = (session, line, right) =>
            {
                var (verb, argument) = MiniSession.Split(line);
                if (verb is "EHLO" or "HELO")
                {
                    var reply = right();
                    if (reply.StartsWith("250", StringComparison.Ordinal))
                    {
                        greeted.AddOrUpdate(session, verb);
                    }

                    return reply.Replace("\n250 HELP", "\n250-ETRN\n250 HELP", StringComparison.Ordinal);
                }

                return verb != "ETRN" ? right()
                    : !session.IsGreeted || session.From is not null ? "503 not here"
                    : greeted.TryGetValue(session, out var by) && by == refusing ? with
                    : Rfc1985Node(argument) ? "250 on its way"
                    : "501 which node?";
            },
        };
    }

    // the path of a line with a size
    private static string? Sized(string argument) =>
        Regex.Match(argument, "^FROM:(<.*>) SIZE=[0-9]+$", RegexOptions.IgnoreCase) is { Success: true } match
            ? match.Groups[1].Value
            : null;

    private static bool Rfc1985Node(string argument) =>
        Regex.IsMatch(argument, "^[@#]?[A-Za-z0-9][A-Za-z0-9.-]*$");
}
