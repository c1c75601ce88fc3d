using SmtpModel.Machines;

namespace SmtpModel.Testing.Tests.Sized;

/// <summary>
/// Hunts all first-order mutants of a machine at once. Until a mutant is found it has answered like the right machine, so it was
/// sent the same: a session is played against the right machine once, and then laid over each mutant whose cell it came by.
/// </summary>
internal sealed class Hunt
{
    private readonly ResolvedMachine _resolved;
    private readonly Mealy _machine;
    private readonly SessionRunner _runner;
    private readonly SessionSource _sessions;
    private readonly Dictionary<(int State, int Input), List<Change>> _alive;

    public Hunt(Profile profile, Strategy strategy, ulong seed)
    {
        _resolved = SizedMachines.Resolve(profile);
        _machine = _resolved.Mealy;
        var coverage = new Coverage(profile.Table);
        _runner = new SessionRunner(new Oracle(profile.Table), coverage);
        var generator = new SessionGenerator(
            profile.Table,
            DrawnArguments.Palette(profile.Table, new PaletteOptions { Seed = seed }),
            strategy: strategy
        );
        _sessions = new SessionSource(generator, seed) { Coverage = coverage };
        _alive = FirstOrder
            .Of(_machine)
            .GroupBy(change => (change.State, change.Input))
            .ToDictionary(group => group.Key, group => group.ToList());
        Mutants = _alive.Values.Sum(changes => changes.Count);
    }

    public int Mutants { get; }

    public int Alive => _alive.Values.Sum(changes => changes.Count);

    /// <summary>How many commands were sent until none was left; the limit when some were.</summary>
    public async Task<int> CommandsAsync(int limit)
    {
        await using var target = new MealyTarget(_resolved, _machine);
        var commands = 0;
        for (var number = 0; _alive.Count > 0 && commands < limit; number++)
        {
            var result = await _runner.RunAsync(target, _sessions[number], null, TestContext.Current.CancellationToken);
            Assert.Null(result.Violation);
            commands += target.Sent.Count;
            Lay([.. target.Sent.Where(input => input >= 0)]);
        }

        return Math.Min(commands, limit);
    }

    public IEnumerable<string> Survivors => _alive.Values.SelectMany(changes => changes).Select(change => change.Says(_machine));

    private void Lay(List<int> session)
    {
        for (var (state, at) = (0, 0); at < session.Count && state >= 0; state = _machine.Next(state, session[at++]))
        {
            if (
                _alive.TryGetValue((state, session[at]), out var changes)
                && changes.RemoveAll(change => FirstOrder.Shows(_machine, change, session)) > 0
                && changes.Count == 0
            )
            {
                _ = _alive.Remove((state, session[at]));
            }
        }
    }
}
