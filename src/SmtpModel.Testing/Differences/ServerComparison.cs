using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// Finds where two servers differ: each is tested, every session that either test played is played with both, and the first
/// step they answer differently is kept, the shortest session for each state and command.
/// </summary>
public static class ServerComparison
{
    /// <summary>Compares two servers.</summary>
    /// <param name="profile">The profile that says which sessions are played, and which clause is concerned.</param>
    /// <param name="options">How the servers are tested.</param>
    /// <param name="one">The first server.</param>
    /// <param name="other">The second server.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="TargetUnreachableException">One of them is not there.</exception>
    public static async Task<IReadOnlyList<Difference>> RunAsync(
        Profile profile,
        TestOptions options,
        ITarget one,
        ITarget other,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(options);
        // wire cases are told by what they found, not by what was answered to which move
        var test = new ConformanceTest(
            profile,
            options with
            {
                Select = one => one.Kind is not CaseKind.Wire && options.Select?.Invoke(one) is not false,
            }
        );
        var (_, first, tried) = await test.ExamineAsync(one, null, cancellation);
        var (_, second, triedToo) = await test.ExamineAsync(other, null, cancellation);

        // one test, so that both played the same moves, and what either answered already is not asked again; in an order that
        // does not hang on which session ended first, so that of like differences the same one is told each time
        var sessions = first
            .Tree.Played.Concat(second.Tree.Played)
            .Select(session => (Moves: session, Text: string.Join('\n', session.Select(move => move.Text))))
            .DistinctBy(session => session.Text)
            .OrderBy(session => session.Moves.Count)
            .ThenBy(session => session.Text, StringComparer.Ordinal)
            .Select(session => session.Moves)
            .ToList();
        var workers = new Workers(options.Connections);
        var found = await workers.AllAsync(
            sessions.Count,
            async at =>
            {
                var ours = await first.AnswersAsync(sessions[at], cancellation);
                var theirs = await second.AnswersAsync(sessions[at], cancellation);
                return Compare(test.Catalogue, sessions[at], new(tried, ours), new(triedToo, theirs));
            },
            cancellation
        );
        return
        [
            .. found
                .OfType<Difference>()
                .GroupBy(difference =>
                    (
                        difference.Case?.Rule.Clause,
                        difference.Case?.Kind,
                        difference.Move.Command,
                        difference.Move.Kind,
                        One: Code(difference.One),
                        Other: Code(difference.Other)
                    )
                )
                .Select(Shortest)
                .OrderBy(difference => difference.Case?.Rule.Clause.Section ?? "", SectionOrder.Instance),
        ];
    }

    // what is one habit shows as the same two answers; texts differ from session to session
    private static string Code(IReadOnlyList<string> answers) => answers[^1].Split(' ')[0];

    private static Difference Shortest(IEnumerable<Difference> alike)
    {
        var shortest = alike.MinBy(difference => difference.Session.Steps.Count)!;
        return shortest with
        {
            States =
            [
                .. alike.OrderBy(difference => difference.Session.Steps.Count).SelectMany(difference => difference.States).Distinct(),
            ],
        };
    }

    private static Difference? Compare(CaseCatalogue catalogue, IReadOnlyList<Move> moves, Side one, Side other)
    {
        for (var at = 0; at < Math.Min(one.Steps.Count, other.Steps.Count); at++)
        {
            var (ours, theirs) = (one.Steps[at], other.Steps[at]);
            if (Answers.Of(ours.Came) == Answers.Of(theirs.Came) && ours.Came.Code == theirs.Came.Code)
            {
                continue;
            }

            var table = catalogue.Table;
            var state = table.AllStates[ours.Before.IsEmpty ? 0 : ours.Before.First];
            var session = moves.Take(at + 1).ToList();
            return new Difference(
                one.Case(session) ?? other.Case(session) ?? Case(catalogue, state, ours.Move),
                [state],
                new TestSession([.. session.Select(move => new Step(move))]),
                one.Came(at),
                other.Came(at),
                Answers.Of(ours.Came) != Answers.Of(theirs.Came)
            )
            {
                OneVerdict = one.Verdict(session),
                OtherVerdict = other.Verdict(session),
            };
        }

        return null;
    }

    private static TestCase? Case(CaseCatalogue catalogue, State state, Move move) => move.Kind switch
    {
        MoveKind.Malformed => catalogue.Find(CaseKind.Malformed, state, move.Command),
        MoveKind.Unknown => catalogue.Find(CaseKind.UnknownLine, state, move.Command),
        _ => null,
    } ?? catalogue.Find(CaseKind.InOrder, state, move.Command) ?? catalogue.Find(CaseKind.OutOfOrder, state, move.Command);

    // one server: what it answered, and what its test made of each line
    private sealed record Side(IReadOnlyList<TriedLine> Tried, IReadOnlyList<ProbeStep> Steps)
    {
        public TestCase? Case(List<Move> session) => Find(session)?.Trial.Case;

        public IReadOnlyList<string> Came(int at) => [.. Steps.Take(at + 1).Select(step => step.Came.ToString())];

        // the word of its test; where that did not try the line there, the oracle's on the reply
        public CaseVerdict? Verdict(List<Move> session) =>
            Find(session)?.Result.Verdict
            ?? Steps[session.Count - 1].Judgement?.Verdict switch
            {
                Engine.Verdict.Pass => CaseVerdict.Pass,
                Engine.Verdict.NonStrict => CaseVerdict.NonStrict,
                Engine.Verdict.Fail => CaseVerdict.Fail,
                _ => null,
            };

        private TriedLine? Find(List<Move> session) =>
            Tried.FirstOrDefault(line =>
                line.Trial.Move.Text == session[^1].Text
                && line.Row.Access.Count == session.Count - 1
                && line.Row.Access.Zip(session).All(pair => pair.First.Text == pair.Second.Text)
            );
    }
}
