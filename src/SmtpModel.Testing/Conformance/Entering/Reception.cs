using System.Diagnostics;
using SmtpModel.Machines;
using SmtpModel.Protocol;

namespace SmtpModel.Testing.Engine;

/// <summary>How a server receives a client: what is to be known before any case.</summary>
/// <param name="Headline">What the server is like, where it does not take a plain message; null where it does. Safe to print.</param>
/// <param name="Remedy">What to do about it; null where nothing can be told.</param>
/// <param name="IsMute">Whether it answers nothing at all.</param>
internal sealed record Reception(string? Headline = null, string? Remedy = null, bool IsMute = false);

/// <summary>Goes the plainest way to mail data, to see how far this server lets one go.</summary>
internal sealed class Receptionist(TransitionTable table, Inputs inputs, Prober prober, TestOptions options)
{
    /// <summary>Goes that way; a 4yz on it is waited out, for it may be greylisting.</summary>
    public async Task<Reception> ReceiveAsync(ProbeResult greeted, CancellationToken cancellation)
    {
        if (!greeted.Greeting.IsAcceptance())
        {
            return greeted.Greeting.Kind is not ObservationKind.Reply
                ? new Reception()
                : new Reception(
                    $"the server begins no session for this client: it greets with {greeted.Greeting}",
                    "have it serve this address, or wait and try again"
                );
        }

        if (options.IsMute)
        {
            return Mute(Steps().First()[0]);
        }

        List<Move> way = [];
        foreach (var candidates in Steps())
        {
            var (taken, refused) = await FirstAsync(way, candidates, cancellation);
            if (taken is null && refused is { Last.Came.Code: >= 400 and < 500 } && refused.Cut is null)
            {
                (taken, refused) = await WaitAsync(way, candidates, refused, cancellation);
            }

            if (taken is null)
            {
                return await DescribeAsync(way, refused!, cancellation);
            }

            way.Add(taken);
        }

        return new Reception();
    }

    // for each step on the way the lines that take it, the newest command first
    private IEnumerable<List<Move>> Steps()
    {
        var data = table.States.First(state => table.Reads(state) is Reading.Data);
        return Paths
            .Shortest(table)[data]
            .Where(edge => edge.Exchange.Command.Kind is InputKind.Line)
            .Select(step =>
                table
                    .From(step.From)
                    .Where(edge =>
                        edge.To == step.To
                        && edge.Exchange.IsAccepted
                        && edge.Exchange.Command.Kind is InputKind.Line
                        && table[edge.Exchange.Command].Required
                    )
                    .Select(edge => edge.Exchange.Command)
                    .Distinct()
                    .Where(command => CaseDepth.Of(table, command) <= options.Depth)
                    .OrderByDescending(table.IndexOf)
                    .Select(command => inputs.Plain(command)!)
                    .ToList()
            )
            .TakeWhile(candidates => candidates.Count > 0);
    }

    private async Task<(Move? Taken, ProbeResult? Refused)> FirstAsync(
        IReadOnlyList<Move> way,
        List<Move> candidates,
        CancellationToken cancellation
    )
    {
        ProbeResult? refused = null;
        foreach (var candidate in candidates)
        {
            var played = await prober.PlayAsync([.. way, candidate], TimeSpan.Zero, cancellation);
            if (played.Last is { } last && last.Came.IsAcceptance())
            {
                return (candidate, null);
            }

            refused ??= played;
            if (played.Last is null || played.IsLate)
            {
                // there is no use in asking another
                break;
            }
        }

        return (null, refused);
    }

    // tried again at times that grow, the last one when all of the time is over
    private async Task<(Move? Taken, ProbeResult? Refused)> WaitAsync(
        IReadOnlyList<Move> way,
        List<Move> candidates,
        ProbeResult refused,
        CancellationToken cancellation
    )
    {
        var clock = Stopwatch.StartNew();
        (Move? Taken, ProbeResult? Refused) result = (null, refused);
        for (var left = options.Retries; left > 0 && options.RetryTime > TimeSpan.Zero && result.Taken is null; left--)
        {
            var next = options.RetryTime / Math.Pow(3, left - 1);
            await Task.Delay(next > clock.Elapsed ? next - clock.Elapsed : TimeSpan.Zero, cancellation);
            result = await FirstAsync(way, candidates, cancellation);
        }

        if (result.Taken is not null)
        {
            prober.Greylisted = clock.Elapsed;
        }

        return result;
    }

    private async Task<Reception> DescribeAsync(List<Move> way, ProbeResult refused, CancellationToken cancellation)
    {
        var move = refused.Moves[^1];
        if (refused.Last is not { Came.Kind: ObservationKind.Reply } last)
        {
            return way.Count == 0 && refused.IsLate && (await prober.PlayAsync([Nothing], TimeSpan.Zero, cancellation)).IsLate
                ? Mute(move)
                : new Reception(
                    refused.Cut is { } cut
                        ? $"the server does not answer {move}: {cut}"
                        : $"the server does not answer {move} with a reply"
                );
        }

        var came = last.Came;
        return table.IsCondition(came.Code)
                ? new Reception($"the server wants TLS or a password first: {move} draws {came}", Entering(refused))
            : came.Code / 100 == 4
                ? new Reception(
                    $"the server puts {move} off: {came}",
                    $"wait and try again; {(options.RetryTime > TimeSpan.Zero ? "--retry-time waits longer" : "--retry-time waits")} and "
                        + $"--retries tries more often, as greylisting wants"
                )
            : new Reception($"the server refuses this client: {move} draws {came}", $"{Option(move.Command)} says what it takes");
    }

    private Move Nothing => inputs.Plain(new WireModel(table.Profile).Nothing)!;

    private Reception Mute(Move move) =>
        new(
            $"the server is mute: it greets, and answers neither {move} nor {Nothing} within the reply timeout",
            "--reply-timeout waits longer",
            IsMute: true
        );

    // RFC 3207 4 and RFC 4954 6: what is wanted is what is offered and was not done; a login may be offered inside TLS only
    private string Entering(ProbeResult refused)
    {
        var listed = refused.Steps.LastOrDefault(step => step.Move.Command == table.Listing)?.Came.Reply;
        var offer = listed is null ? ServiceOffer.None : ServiceOffer.Read(listed);
        var target = prober.Target as TcpTarget;
        var needsTls = target?.IsSecure is not true && offer.Lists(StartTls.Keyword);
        var needsLogin = target?.Login is null && (!needsTls || offer.Lists(Entrance.Keyword));
        return (needsTls, needsLogin) switch
        {
            (false, false) => "it wants more than this login and TLS; see what it says",
            _ =>
                $"{(needsTls ? "--tls starttls" : "")}{(needsTls && needsLogin ? " " : "")}"
                    + $"{(needsLogin ? "--user NAME --password-env VAR" : "")} lets the test in",
        };
    }

    // what says otherwise, by what the command does
    private static string Option(Command command) => command.OnAccept.Any(effect => effect.Kind is EffectKind.Append) ? "--rcpt"
        : command.OnAccept.Any(effect => effect.Kind is not EffectKind.Clear) ? "--from" : "--helo";
}
