using SmtpModel.Spec;
using SmtpModel.Testing.Tests.Conformance.Servers;

namespace SmtpModel.Testing.Tests.Extensions;

/// <summary>521 and 556 (RFC 7504): who says them as the text has it is accused of nothing.</summary>
public sealed class Rfc7504Tests
{
    private static readonly Oracle Oracle = new(Profiles.Rfc5321.Table);

    [Theory]
    [Trait("Rule", "NM1")]
    [InlineData(521, Verdict.Pass)]
    [InlineData(221, Verdict.Fail)]
    [InlineData(250, Verdict.Fail)]
    public void RFC_7504_3_behind_a_greeting_of_521_all_draws_521(int code, Verdict expected)
    {
        var greeted = Oracle.Judge(Oracle.Start, Rfc821.Connection, MoveKind.Valid, 521);

        Assert.Equal(Verdict.Pass, greeted.Verdict);
        Assert.True(greeted.After.Overlaps(Oracle.Final));
        Assert.Equal(expected, Oracle.Judge(greeted.After, Rfc5321.EHLO, MoveKind.Valid, code).Verdict);
        Assert.Equal(Verdict.Pass, Oracle.Judge(greeted.After, Rfc821.QUIT, MoveKind.Valid, 221).Verdict);
    }

    [Theory]
    [Trait("Rule", "NM1")]
    [InlineData("521 no mail here", 0)]
    [InlineData("", 0)]
    [InlineData("250 welcome", 1)]
    public async Task RFC_7504_3_a_host_that_never_accepts_mail_may_go_on_with_521_or_close(string said, int findings)
    {
        var fault = new Fault
        {
            Greeting = _ => "521 no mail here",
            Line = (session, line, right) =>
            {
                session.IsClosing |= said.Length == 0;
                return MiniSession.Split(line).Verb == "QUIT" ? right() : said;
            },
        };
        await using var server = new MiniServer(fault);

        var report = await new Fuzzer(
            Profiles.Rfc5321,
            new FuzzOptions
            {
                Seed = TestRun.Seed,
                Sessions = 30,
                MaxViolations = 1,
            }
        ).RunAsync(server.Target, cancellation: TestContext.Current.CancellationToken);

        Assert.True(
            findings == report.Findings.Count,
            string.Join('\n', report.Findings.Select(finding => $"{finding.Violation}\n{finding.Transcript}"))
        );
    }

    [Fact]
    [Trait("Rule", "NM2")]
    public void RFC_7504_4_RCPT_may_draw_556_and_nothing_changes()
    {
        var table = Profiles.Rfc5321.Table;
        foreach (var state in new[] { Rfc821.MailGiven, Rfc821.RecipientsGiven })
        {
            var judgement = Oracle.Judge(StateSet.Of(table.IndexOf(state)), Rfc821.RCPT, MoveKind.Valid, 556);

            Assert.Equal((Verdict.Pass, StateSet.Of(table.IndexOf(state))), (judgement.Verdict, judgement.After));
        }

        Assert.Equal(
            Verdict.NonStrict,
            Oracle.Judge(StateSet.Of(table.IndexOf(Rfc821.MailGiven)), Rfc821.RCPT, MoveKind.Valid, 557).Verdict
        );
    }
}
