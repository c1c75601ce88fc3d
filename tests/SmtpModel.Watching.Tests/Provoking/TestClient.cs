using System.Globalization;
using System.Net;

namespace SmtpModel.Watching.Tests.Provoking;

/// <summary>What a client of the tests does wrong, or in another way that is right too.</summary>
internal enum Habit
{
    None,

    // right, each in its way
    SendsInGroups,
    BodyAndQuitInOneWrite,
    GivesUpWhereOneIsRefused,
    ResetsBehindRefusals,
    TriesAgainBehind4yz,
    EndsBeforeItSends,

    // wrong
    SendsTextBehindAny2yz,
    SendsTextWhateverDataDrew,
    SendsTextWithoutWaiting,
    GoesOnWithoutRecipients,
    SendsTextToNobody,
    TalksAhead,
    TalksBeforeTheGreeting,
    DoublesNoDots,
    EndsDataAtAnyDot,
    EndsLinesWithLf,
    SendsAgainWhereQuitGoesWrong,
    HangsWhereTheChannelIsLost,
    HangsBehindRefusals,
    SaysSuccessBehindRefusals,
    SaysFailureWhereQuitGoesWrong,
    LeavesWithoutQuit,
    WantsTextInReplies,
    WantsExactCodes,
    ReadsTextOfReplies,
    ReadsOneLineOfReplies,
    RepeatsWhatIsRefused,
    ComesAgainWithWhatIsRefused,
    SendsSizeUnasked,
    WaitsTenthOfASecond,
    IsSilentOnRefusedRecipients,
    TakesNo251,
    FailsOnce,
}

/// <summary>A small client that is right, but for one habit.</summary>
internal sealed class TestClient(Habit habit, params string[] recipients)
{
    private static readonly string[] Three = ["first@example.test", "second@example.test", "third@example.test"];
    private readonly string[] _recipients = recipients.Length > 0 ? recipients : Three;
    private readonly HashSet<string> _failed = [];
    private int _calls;

    public TestClient(Habit habit) : this(habit, Three)
    {
    }

    public async Task SendAsync(IPEndPoint server, string message, CancellationToken stop)
    {
        if (habit is Habit.EndsBeforeItSends)
        {
            _ = Task.Run(() => Delayed(server, message, stop), stop);
            return;
        }

        _calls++;
        try
        {
            await OnceAsync(server, message, stop);
        }
        catch (RefusedException fault) when (habit is Habit.TriesAgainBehind4yz && fault.Code / 100 == 4 && !fault.IsParted)
        {
            await OnceAsync(server, message, stop);
        }
        catch (RefusedException fault) when (habit is Habit.ComesAgainWithWhatIsRefused && fault.Code / 100 == 5)
        {
            await OnceAsync(server, message, stop);
        }
        catch (RefusedException fault) when (habit is Habit.HangsBehindRefusals && fault.Code > 0)
        {
            await Task.Delay(Timeout.Infinite, stop);
        }
        catch (RefusedException fault) when (habit is Habit.HangsWhereTheChannelIsLost && fault.Code == 0)
        {
            await Task.Delay(Timeout.Infinite, stop);
        }
        catch (RefusedException) when (habit is Habit.SaysSuccessBehindRefusals)
        {
            // and tells nobody
        }
    }

    // a queue: whoever hands the message in does not see what becomes of it
    private async Task Delayed(IPEndPoint server, string message, CancellationToken stop)
    {
        await Task.Delay(100, stop);
        try
        {
            await OnceAsync(server, message, stop);
        }
        catch (RefusedException)
        {
            // a queue would send a notice now
        }
    }

    private async Task OnceAsync(IPEndPoint server, string message, CancellationToken stop)
    {
        using var wire = new Wire(habit, stop);
        await wire.ConnectAsync(server);
        if (habit is Habit.TalksBeforeTheGreeting)
        {
            await wire.SayAsync("EHLO client.example.test");
        }

        try
        {
            await wire.NeedAsync(2);
            var offer = await GreetAsync(wire);
            var failed =
                habit is Habit.SendsInGroups or Habit.BodyAndQuitInOneWrite or Habit.SendsTextToNobody
                && offer.Contains("PIPELINING", StringComparison.Ordinal)
                    ? await GroupAsync(wire, message)
                    : await StepsAsync(wire, offer, message);
            await PartAsync(wire, server, message, stop);
            if (failed.Count > 0 && habit is not Habit.IsSilentOnRefusedRecipients)
            {
                throw new RefusedException(
                    $"not sent to {string.Join(", ", failed)}",
                    failed.Any(code => code / 100 == 4) ? 450 : 550,
                    isParted: true
                );
            }
        }
        catch (RefusedException fault) when (fault is { IsParted: false, Code: > 0 and not 421 } && habit is not Habit.LeavesWithoutQuit)
        {
            if (habit is Habit.ResetsBehindRefusals)
            {
                await wire.AskAsync("RSET");
            }

            if (!wire.HasQuit)
            {
                await wire.AskAsync("QUIT");
            }

            throw;
        }
    }

    private async Task<string> GreetAsync(Wire wire)
    {
        if (habit is not Habit.TalksBeforeTheGreeting)
        {
            await wire.SayAsync("EHLO client.example.test");
        }

        var reply = await wire.ReplyAsync(isWhole: true);
        if (reply.Code / 100 == 2)
        {
            return reply.Text;
        }

        if (reply.Code != 421)
        {
            await wire.SayAsync("HELO client.example.test");
            await wire.NeedAsync(2);
            return "";
        }

        throw new RefusedException("EHLO", 421);
    }

    private async Task<List<int>> StepsAsync(Wire wire, string offer, string message)
    {
        await wire.SayAsync(
            $"MAIL FROM:<sender@example.test>"
                + $"{(offer.Contains("SIZE", StringComparison.Ordinal) || habit is Habit.SendsSizeUnasked ? " SIZE=1000" : "")}"
        );
        if (habit is Habit.TalksAhead)
        {
            await wire.SayAsync($"RCPT TO:<{_recipients[0]}>");
        }

        await wire.NeedAsync(2);
        List<int> failed = [];
        foreach (var recipient in _recipients)
        {
            if (habit is not Habit.TalksAhead || recipient != _recipients[0])
            {
                await wire.SayAsync($"RCPT TO:<{recipient}>");
            }

            var reply = await wire.ReplyAsync();
            if (habit is Habit.RepeatsWhatIsRefused && reply.Code / 100 == 5)
            {
                reply = await wire.AskAsync($"RCPT TO:<{recipient}>");
            }

            if (!wire.IsRight(reply, 2, 250) || (habit is Habit.TakesNo251 && reply.Code == 251))
            {
                failed.Add(reply.Code);
                if (reply.Code == 421 || habit is Habit.GivesUpWhereOneIsRefused)
                {
                    throw new RefusedException("a recipient", reply.Code);
                }
            }
        }

        if (failed.Count == _recipients.Length && habit is not Habit.GoesOnWithoutRecipients)
        {
            throw new RefusedException("all recipients", failed[0]);
        }

        await wire.SayAsync("DATA");
        if (habit is Habit.SendsTextWithoutWaiting)
        {
            await wire.RawAsync(Body(message));
            await wire.NeedAsync(3);
        }
        else
        {
            var go = await wire.ReplyAsync();
            if (
                go.Code != 354
                && habit is not Habit.SendsTextWhateverDataDrew
                && (habit is not Habit.SendsTextBehindAny2yz || go.Code / 100 != 2)
            )
            {
                throw new RefusedException("DATA", go.Code);
            }

            await wire.RawAsync(Body(message));
        }

        await wire.NeedAsync(2, 250);
        return failed;
    }

    private async Task<List<int>> GroupAsync(Wire wire, string message)
    {
        await wire.RawAsync(
            "MAIL FROM:<sender@example.test>\r\n" + string.Concat(_recipients.Select(one => $"RCPT TO:<{one}>\r\n")) + "DATA\r\n"
        );
        var mail = await wire.ReplyAsync();
        List<int> failed = [];
        foreach (var _ in _recipients)
        {
            var reply = await wire.ReplyAsync();
            if (reply.Code / 100 != 2)
            {
                failed.Add(reply.Code);
            }
        }

        var go = await wire.ReplyAsync();
        var isVain = failed.Count == _recipients.Length || mail.Code / 100 != 2;
        if (go.Code == 354)
        {
            await wire.RawAsync(
                (isVain && habit is not Habit.SendsTextToNobody ? ".\r\n" : Body(message))
                    + (habit is Habit.BodyAndQuitInOneWrite && !isVain ? "QUIT\r\n" : "")
            );
            wire.HasQuit = habit is Habit.BodyAndQuitInOneWrite && !isVain;
            await wire.NeedAsync(2);
        }

        return go.Code == 354 && !isVain
            ? failed
            : throw new RefusedException(
                "the transaction",
                mail.Code / 100 != 2 ? mail.Code
                    : isVain ? failed[0]
                    : go.Code
            );
    }

    private async Task PartAsync(Wire wire, IPEndPoint server, string message, CancellationToken stop)
    {
        if (habit is Habit.LeavesWithoutQuit)
        {
            return;
        }

        if (habit is Habit.FailsOnce && _calls == 3)
        {
            await wire.AskAsync("QUIT");
            throw new RefusedException("this once", isParted: true);
        }

        try
        {
            var reply = wire.HasQuit ? await wire.ReplyAsync() : await wire.AskAsync("QUIT");
            if (reply.Code / 100 != 2)
            {
                throw new RefusedException("QUIT", reply.Code, isParted: true);
            }
        }
        catch (RefusedException fault)
        {
            if (habit is Habit.SendsAgainWhereQuitGoesWrong && _failed.Add($"{server}"))
            {
                await OnceAsync(server, message, stop);
            }
            else if (habit is Habit.SaysFailureWhereQuitGoesWrong or Habit.HangsWhereTheChannelIsLost)
            {
                throw new RefusedException("QUIT", fault.Code, isParted: true);
            }
        }
    }

    private string Body(string message) =>
        habit switch
        {
            Habit.DoublesNoDots => message.Replace("\r\n.\r\n", "\r\n..\r\n", StringComparison.Ordinal),
            Habit.EndsDataAtAnyDot => message,
            Habit.EndsLinesWithLf => message
                .Replace("\r\n.", "\r\n..", StringComparison.Ordinal)
                .Replace("\r\n", "\n", StringComparison.Ordinal) + "\r\n",
            _ => message.Replace("\r\n.", "\r\n..", StringComparison.Ordinal),
        } + ".\r\n";
}

/// <summary>Something was refused; a code of 0 where the channel was lost.</summary>
internal sealed class RefusedException(string what, int code = 0, bool isParted = false)
    : Exception($"{what}: {code.ToString(CultureInfo.InvariantCulture)}")
{
    public int Code => code;

    public bool IsParted => isParted;
}
