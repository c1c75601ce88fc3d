using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>Random sessions, all mutants the same; a mutant is killed by the first that the oracle finds a violation in.</summary>
internal sealed class RandomStrategy(string name, string what, Func<TransitionTable, ScoreOptions, Func<long, TestSession>> source)
    : IMutantStrategy
{
    public string Name => name;

    public string What => what;

    public IMutantHunt Prepare(Profile profile, ScoreOptions options) =>
        new Hunt(profile, source(profile.Table, options), options.Budget ?? 2000);

    private sealed class Hunt(Profile profile, Func<long, TestSession> source, int budget) : IMutantHunt
    {
        private readonly Oracle _oracle = new(profile.Table);
        private readonly Lock _lock = new();
        private readonly List<TestSession> _drawn = [];

        public async ValueTask<Hunted> RunAsync(Mutant mutant, CancellationToken cancellation)
        {
            var runner = new SessionRunner(_oracle);
            await using var target = InMemoryTarget.Of(mutant);
            var commands = 0L;
            for (var number = 0; number < budget; number++)
            {
                var result = await runner.RunAsync(target, Session(number), cancellation: cancellation);
                // the greeting is an exchange and no command
                commands += result.Exchanges - 1;
                if (result.Violation is not null)
                {
                    return new Hunted(mutant, true, number + 1, commands);
                }
            }

            return new Hunted(mutant, false, budget, commands);
        }

        private TestSession Session(int number)
        {
            lock (_lock)
            {
                while (_drawn.Count <= number)
                {
                    _drawn.Add(source(_drawn.Count));
                }

                return _drawn[number];
            }
        }
    }
}
