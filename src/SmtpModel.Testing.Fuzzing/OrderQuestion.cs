namespace SmtpModel.Testing.Engine;

/// <summary>
/// Asks what a line that drew a wrong code out of order draws where it is in order, so that it does not depend on what a run has played
/// whether the code is the server's answer to the line or to its place.
/// </summary>
/// <param name="oracle">The oracle.</param>
/// <param name="palette">The moves.</param>
internal sealed class OrderQuestion(Oracle oracle, Palette palette)
{
    /// <summary>Plays the line behind each shorter beginning of the session that showed it, and where it is in order, until it draws the
    /// code there.</summary>
    /// <param name="target">The server.</param>
    /// <param name="session">The session that showed it, which ends with the line.</param>
    /// <param name="violation">What it showed.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>What was refused in order; null where nothing is to be asked.</returns>
    /// <exception cref="TargetUnreachableException">The server is gone.</exception>
    public async ValueTask<RefusalLog?> AskAsync(
        ITarget target,
        TestSession session,
        Violation violation,
        CancellationToken cancellation
    )
    {
        if (!violation.IsOfCode || session.Steps is not [.., { Move: { Kind: MoveKind.Valid } move } last])
        {
            return null;
        }

        var runner = new SessionRunner(oracle);
        foreach (var way in Enumerable.Range(0, session.Steps.Count - 1).Reverse().Select(session.Steps.Take).Append(Way(move)))
        {
            await runner.RunAsync(target, new TestSession([.. way, last with { IsJoined = false }]), null, cancellation);
            if (runner.Refusals.Explains(violation.State, move, violation.Miscode))
            {
                break;
            }
        }

        return runner.Refusals;
    }

    // the shortest way to a state where it is in order
    private IEnumerable<Step> Way(Move move) =>
        Paths.Shortest(oracle.Table)
            .Where(path => oracle.Table.IsInOrder(path.Key, move.Command))
            .OrderBy(path => path.Value.Count)
            .Select(path => path.Value)
            .FirstOrDefault([])
            .SelectMany(edge => palette.Valid(edge.Exchange.Command).Take(1))
            .Select(plain => new Step(plain));
}
