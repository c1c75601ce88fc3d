using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// Settles what the standard leaves to the server: goes through the states from the greeting on, tries everything in each,
/// and finds a way to the next ones that this server lets one go.
/// </summary>
internal sealed class Resolution(CaseCatalogue catalogue, Inputs inputs, Prober prober, Workers workers)
{
    private readonly Dictionary<State, Row> _rows = [];
    private readonly Dictionary<State, string> _unreached = [];

    public IReadOnlyDictionary<State, Row> Rows => _rows;

    /// <summary>Whether the server wants something done before it lets anybody into a transaction, as a login: then it is not a fault of
    /// the server, nor of the test, that nobody gets there.</summary>
    public bool IsBarred { get; private set; }

    /// <summary>Why a state could not be reached, in words; empty for one that was.</summary>
    public string Unreached(State state) => _unreached.GetValueOrDefault(state, "no way to it was found");

    private TransitionTable Table => catalogue.Table;

    public async Task RunAsync(State first, TimeSpan patience, CancellationToken cancellation)
    {
        Dictionary<State, IReadOnlyList<Move>> access = new() { [first] = [] };
        var open = new Queue<State>([first]);
        while (open.TryDequeue(out var state))
        {
            var way = access[state];
            var trials = inputs.Of(state);
            var isWaited = trials.ConvertAll(trial =>
                _rows.Values.All(row => row[trial.Move] is not { } before || before.Violation?.Rule?.Id == Table.Conduct.OneReply.Id)
            );
            ValueTask<ProbeResult> PlayAsync(int at) =>
                prober.PlayAsync(
                    [.. way, trials[at].Move],
                    trials[at].Move.Kind is MoveKind.Data ? patience
                        : isWaited[at] ? Short(patience)
                        : TimeSpan.Zero,
                    cancellation
                );
            var probes = await workers.AllAsync(trials.Count, PlayAsync, cancellation);

            // what is in order here and was not taken so may be the doing of a session beside it: then it may lead on all the same
            ProbeResult[] quiet = [.. probes];
            for (var at = 0; at < trials.Count; at++)
            {
                if (
                    trials[at].Case.Kind is CaseKind.InOrder
                    && probes[at].Violation is not null
                    && await PlayAsync(at) is { Violation: null } alone
                )
                {
                    quiet[at] = alone;
                }
            }

            var row = new Row(state, way, [.. trials.Zip(probes)]);
            _rows.Add(state, row);
            foreach (
                var group in Leading(new Row(state, way, [.. trials.Zip(quiet)]))
                    .GroupBy(lead => lead.To)
                    .Where(group => !access.ContainsKey(group.Key) && inputs.Visits(group.Key))
            )
            {
                access.Add(group.Key, [.. way, await BestAsync(way, group.Key, [.. group.Select(lead => lead.Move)], cancellation)]);
                open.Enqueue(group.Key);
            }

            Explain(row);
        }
    }

    // behind mail data there is no next command that would show it; elsewhere a reply too many mostly comes with the one
    // before it, or else when that one was acknowledged, which may take 40 ms: missed, it is taken for the next one's reply.
    // It is waited for once for each line, and again where it came
    private static TimeSpan Short(TimeSpan patience) =>
        patience < TimeSpan.FromMilliseconds(60) ? patience : TimeSpan.FromMilliseconds(60);

    // the exchanges that were accepted and lead elsewhere, those that every server has first, then the newest
    private IEnumerable<(State To, Move Move)> Leading(Row row) =>
        from cell in row.Cells
        let last = cell.Probe.Last
        where
            cell.Trial.Case.Kind is CaseKind.InOrder
            && cell.Probe.Violation is null
            && last is not null
            && last.Judgement is { After.IsSingle: true }
            && last.Came.IsAcceptance()
        let to = Table.AllStates[last!.Judgement!.After.First]
        where to != row.State && to != Table.Final && Table.States.Contains(to)
        orderby Table[cell.Trial.Move.Command].Required descending, Table.IndexOf(cell.Trial.Move.Command) descending
        select (to, cell.Trial.Move);

    // a way behind which the server behaves as the specification says of the state, if there is one: a fault of one way must
    // not be taken for a fault of all that comes behind it
    private async Task<Move> BestAsync(IReadOnlyList<Move> way, State to, List<Move> candidates, CancellationToken cancellation)
    {
        var identification = StateMarks.OfSpecification(Table, inputs, to);
        foreach (var candidate in candidates)
        {
            var agrees = true;
            foreach (var (move, isAccepted) in identification.Where(_ => candidates.Count > 1))
            {
                var probe = await prober.PlayAsync([.. way, candidate, move], TimeSpan.Zero, cancellation);
                agrees &= probe.Last is not { } last || last.Came.IsAcceptance() == isAccepted;
            }

            if (agrees)
            {
                return candidate;
            }
        }

        return candidates[0];
    }

    // for the states that only this row could have led to
    private void Explain(Row row)
    {
        foreach (var (trial, probe) in row.Cells.Where(cell => cell.Trial.Case.Kind is CaseKind.InOrder))
        {
            foreach (var edge in Table.From(row.State, trial.Move.Command).Where(edge => edge.Exchange.IsAccepted && edge.To != row.State))
            {
                if (Table[trial.Move.Command].Required && probe.Last is { } last && !last.Came.IsAcceptance())
                {
                    IsBarred |= edge.To.Holds.Count > 0 && Table.IsCondition(last.Came.Code);
                    _unreached[edge.To] = $"in {row.State} the server answers {trial.Move} with {last.Came}";
                }
                else if (probe.Cut is { } cut)
                {
                    _unreached[edge.To] = cut;
                }
            }
        }
    }
}
