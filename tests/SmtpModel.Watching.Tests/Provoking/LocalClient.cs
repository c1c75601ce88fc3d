using System.Net;

namespace SmtpModel.Watching.Tests.Provoking;

/// <summary>What a client of LMTP does wrong, or in another way that is right too.</summary>
internal enum LocalHabit
{
    None,

    // right, each in its way
    SendsInGroups,
    SendsAgainWhereItIsDue,

    // wrong
    ReadsOneReply,
    TakesTheFirstForAll,
    TakesTheLastForAll,
    IsSilentOnSome,
    SendsAgainToAll,
    BeginsWithEhlo,
    FallsBackToHelo,
    SaysNoHello,
}

/// <summary>A small client of LMTP that is right, but for one habit.</summary>
internal sealed class LocalClient(LocalHabit habit)
{
    private static readonly string[] Recipients = ["first@example.test", "second@example.test", "third@example.test"];

    public async Task SendAsync(IPEndPoint server, string message, CancellationToken stop)
    {
        var failed = await OnceAsync(server, message, Recipients, stop);
        if (habit is LocalHabit.SendsAgainToAll or LocalHabit.SendsAgainWhereItIsDue && failed.Any(one => one.Code / 100 == 4))
        {
            var due = failed.Where(one => one.Code / 100 == 4).Select(one => one.Recipient).ToList();
            failed = [
                .. failed.Where(one => one.Code / 100 != 4),
                .. await OnceAsync(server, message, habit is LocalHabit.SendsAgainToAll ? Recipients : due, stop),
            ];
        }

        if (failed.Count > 0 && habit is not LocalHabit.IsSilentOnSome)
        {
            throw new RefusedException(string.Join(", ", failed.Select(one => one.Recipient)), failed[0].Code, isParted: true);
        }
    }

    // those that it was not delivered to; throws where that is nobody
    private async Task<List<(string Recipient, int Code)>> OnceAsync(
        IPEndPoint server,
        string message,
        IReadOnlyList<string> recipients,
        CancellationToken stop
    )
    {
        using var wire = new Wire(Habit.None, stop);
        await wire.ConnectAsync(server);
        try
        {
            await wire.NeedAsync(2);
            await GreetAsync(wire);
            return await SendAsync(wire, message.Replace("\r\n.", "\r\n..", StringComparison.Ordinal), recipients);
        }
        catch (RefusedException fault) when (fault is { IsParted: false, Code: > 0 and not 421 })
        {
            await PartAsync(wire);
            throw;
        }
    }

    private async Task GreetAsync(Wire wire)
    {
        if (habit is LocalHabit.SaysNoHello)
        {
            return;
        }

        if (habit is LocalHabit.BeginsWithEhlo)
        {
            await wire.AskAsync("EHLO client.example.test");
        }

        var reply = await wire.AskAsync("LHLO client.example.test");
        if (reply.Code / 100 != 2 && habit is LocalHabit.FallsBackToHelo && reply.Code != 421)
        {
            reply = await wire.AskAsync("HELO client.example.test");
        }

        if (reply.Code / 100 != 2)
        {
            throw new RefusedException("LHLO", reply.Code);
        }
    }

    private async Task<List<(string Recipient, int Code)>> SendAsync(Wire wire, string text, IReadOnlyList<string> recipients)
    {
        string[] lines = ["MAIL FROM:<sender@example.test>", .. recipients.Select(one => $"RCPT TO:<{one}>"), "DATA"];
        var isGrouped = habit is LocalHabit.SendsInGroups;
        if (isGrouped)
        {
            await wire.RawAsync(string.Concat(lines.Select(line => line + "\r\n")));
        }

        async Task<int> StepAsync(string line) => (isGrouped ? await wire.ReplyAsync() : await wire.AskAsync(line)).Code;

        var mail = await StepAsync(lines[0]);
        var isVain = mail / 100 != 2;
        if (isVain && !isGrouped)
        {
            throw new RefusedException("MAIL", mail);
        }

        List<(string Recipient, int Code)> replies = [];
        foreach (var one in recipients)
        {
            replies.Add((one, await StepAsync($"RCPT TO:<{one}>")));
            if (replies[^1].Code == 421)
            {
                throw new RefusedException("a recipient", 421);
            }
        }

        var accepted = replies.Where(one => one.Code / 100 == 2).Select(one => one.Recipient).ToList();
        var failed = replies.Where(one => one.Code / 100 != 2).ToList();
        if (accepted.Count == 0 && !isGrouped)
        {
            throw new RefusedException("all recipients", failed[0].Code);
        }

        var go = await StepAsync("DATA");
        if (go != 354)
        {
            throw new RefusedException("DATA", isVain ? mail : failed.Count == recipients.Count ? failed[0].Code : go);
        }

        await wire.RawAsync($"{text}.\r\n{(isGrouped ? "QUIT\r\n" : "")}");
        wire.HasQuit = isGrouped;
        List<(string Recipient, int Code)> last = [];
        foreach (var one in habit is LocalHabit.ReadsOneReply ? accepted[..1] : accepted)
        {
            last.Add((one, (await wire.ReplyAsync()).Code));
            if (last[^1].Code == 421)
            {
                throw new RefusedException("the end of data", 421);
            }
        }

        await PartAsync(wire);
        var taken = habit is LocalHabit.TakesTheLastForAll ? last[^1] : last[0];
        return habit is LocalHabit.TakesTheFirstForAll or LocalHabit.TakesTheLastForAll or LocalHabit.ReadsOneReply
            ? taken.Code / 100 == 2 ? failed : [.. failed, taken]
            : [.. failed, .. last.Where(one => one.Code / 100 != 2)];
    }

    private static async Task PartAsync(Wire wire)
    {
        try
        {
            _ = wire.HasQuit ? await wire.ReplyAsync() : await wire.AskAsync("QUIT");
        }
        catch (RefusedException)
        {
            // the message is delivered, or not, whatever comes of it
        }
    }
}
