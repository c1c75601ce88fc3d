using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>Looks whether a server takes as many commands as it says in its reply to EHLO: so many are sent, and not one more.</summary>
internal sealed class OfferedNumbers(TransitionTable table, Prober prober, IReadOnlyDictionary<State, Row> rows, Inputs inputs)
{
    // more are sent to no server
    private const int Most = 100;

    // what a server says that has had enough (RFC 5321 4.2.3, 4.5.3.1.10)
    private static readonly int[] Enough = [421, 452, 552];

    /// <summary>Plays it.</summary>
    public async ValueTask<CaseResult> PlayAsync(TestCase one, CountLimit limit, CancellationToken cancellation)
    {
        if (OfferedCounts.Most(limit, inputs.Offer) is not { } offered)
        {
            return new CaseResult(one, CaseVerdict.NotApplicable, $"{limit.Name} is not offered");
        }

        var number = Math.Min(offered, Most);
        if (Session(limit.Counted[0], number) is not { } session)
        {
            return new CaseResult(one, CaseVerdict.Inconclusive, $"no state was reached in which {limit.Counted[0]} is accepted");
        }

        var probe = await prober.PlayAsync(session, TimeSpan.Zero, cancellation, isOnce: true);
        var counted = probe.Steps.Where(step => limit.Counted.Contains(step.Move.Command)).ToList();
        var evidence = CellJudge.Evidence(probe, one.Requirement, counted.Count == 0 ? "" : counted[^1].Came.ToString());
        CaseResult Result(CaseVerdict verdict, string reason) => new(one, verdict, reason) { Evidence = evidence };
        if (counted.Find(step => !step.Came.IsAcceptance()) is { } refused)
        {
            return counted.IndexOf(refused) is > 0 and var before && Enough.Contains(refused.Came.Code)
                ? Result(
                    CellJudge.Of(one.Rule),
                    $"{before} were taken, and the next draws {refused.Came}, where {limit.Name}={offered} is offered"
                )
                : Result(CaseVerdict.Inconclusive, $"{refused.Move} draws {refused.Came}; that need not be for its number");
        }

        return counted.Count == number
            ? Result(CaseVerdict.Pass, offered > number ? $"{number} of the {offered} that are offered were tried" : "")
            : Result(
                CaseVerdict.Inconclusive,
                probe.Cut ?? (probe.Violation is { } other ? $"the session breaks another rule: {other.Rule}" : "the session ended before")
            );
    }

    // as often as it is said, with what leads back to where it is in order
    private List<Move>? Session(Command command, int number)
    {
        if (rows.Values.FirstOrDefault(row => To(row.State, command) is not null) is not { } row || inputs.Plain(command) is not { } input)
        {
            return null;
        }

        var session = row.Access.Where(move => move.Command != command).ToList();
        var at = row.State;
        for (var sent = 0; sent < number; sent++)
        {
            if (To(at, command) is null)
            {
                if (Back(at, command) is not var (way, to))
                {
                    return null;
                }

                session.Add(way);
                at = to;
            }

            session.Add(input);
            at = To(at, command)!;
        }

        return session;
    }

    private State? To(State state, Command command) => table.From(state, command).FirstOrDefault(edge => edge.Exchange.IsAccepted)?.To;

    private (Move Way, State To)? Back(State state, Command command) =>
        table
            .From(state)
            .Where(edge => edge.Exchange.IsAccepted && table[edge.Exchange.Command].IsAlwaysAccepted && To(edge.To, command) is not null)
            .Select(edge => inputs.Plain(edge.Exchange.Command) is { } way ? (way, edge.To) : ((Move, State)?)null)
            .FirstOrDefault(way => way is not null);
}
