namespace SmtpModel.Testing.Engine;

/// <summary>Does several things at a time, as many as there may be connections; what comes is in the order in which it was asked
/// for.</summary>
internal sealed class Workers(Func<int> connections, Action? done = null)
{
    public Workers(int connections)
        : this(() => connections) { }

    public async Task<IReadOnlyList<T>> AllAsync<T>(int count, Func<int, ValueTask<T>> work, CancellationToken cancellation)
    {
        var results = new T[count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, count),
            new ParallelOptions { MaxDegreeOfParallelism = connections(), CancellationToken = cancellation },
            async (at, _) =>
            {
                results[at] = await work(at);
                done?.Invoke();
            }
        );
        return results;
    }
}
