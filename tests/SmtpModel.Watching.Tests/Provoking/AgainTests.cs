using System.Net;

namespace SmtpModel.Watching.Tests.Provoking;

/// <summary>What is given again, and what is only like it: a client with a transaction for each recipient says the same MAIL for the next
/// one (RFC 5321 4.2.1).</summary>
public sealed class AgainTests
{
    [Fact]
    public async Task A_client_with_a_transaction_for_each_recipient_does_not_send_again_what_was_refused_for_another()
    {
        var report = await TryAsync(isStubborn: false);
        Assert.Equal(4, report.Results.Count);
        Assert.Equal([], report.Results.SelectMany(result => result.Blames).Select(blame => $"{blame}"));
    }

    [Fact]
    public async Task One_that_begins_anew_for_the_recipient_that_was_refused_does_on_the_same_connection_too()
    {
        var report = await TryAsync(isStubborn: true);
        Assert.Equal(
            [
                ("reply/RCPT-first/550", "the message was given again to a recipient for which it drew 550"),
                ("reply/DATA/554", "the message was given again to a recipient for which it drew 554"),
                ("reply/end-of-data/554", "the message was given again to a recipient for which it drew 554"),
            ],
            report.Results.SelectMany(result => result.Blames.Select(blame => (result.Scenario.Id, blame.What)))
        );
        Assert.All(report.Results.SelectMany(result => result.Blames), blame => Assert.Equal("K44", blame.Rule.Id));
    }

    private static Task<TrialReport> TryAsync(bool isStubborn) =>
        new ClientTrial(
            new TrialOptions
            {
                Call = (server, message, stop) => SendAsync(server, message, isStubborn, stop),
                PlaysOnce = true,
                Select = one => one.Id is "reply/MAIL/550" or "reply/RCPT-first/550" or "reply/DATA/554" or "reply/end-of-data/554",
            }
        ).RunAsync(null, TestContext.Current.CancellationToken);

    private static async Task SendAsync(IPEndPoint server, string message, bool isStubborn, CancellationToken stop)
    {
        using var wire = new Wire(Habit.None, stop);
        await wire.ConnectAsync(server);
        await wire.NeedAsync(2);
        await wire.AskAsync("EHLO client.example.test");
        var failed = 0;
        foreach (var name in new[] { "first", "second" })
        {
            var code = await GiveAsync(wire, name, message);
            failed += code / 100 == 2 || (isStubborn && await GiveAsync(wire, name, message) / 100 == 2) ? 0 : 1;
        }

        await wire.AskAsync("QUIT");
        if (failed > 0)
        {
            throw new RefusedException("a recipient", 550, isParted: true);
        }
    }

    // the code that decided
    private static async Task<int> GiveAsync(Wire wire, string name, string message)
    {
        foreach (var (line, digit) in new[] { ("MAIL FROM:<a@example.test>", 2), ($"RCPT TO:<{name}@example.test>", 2), ("DATA", 3) })
        {
            var (code, _) = await wire.AskAsync(line);
            if (code / 100 != digit)
            {
                if (line[0] != 'M')
                {
                    await wire.AskAsync("RSET");
                }

                return code;
            }
        }

        return (await wire.AskAsync($"{message.Replace("\r\n.", "\r\n..", StringComparison.Ordinal)}.")).Code;
    }
}
