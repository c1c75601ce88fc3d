using System.Collections.Concurrent;
using SmtpModel.Machines;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Engine;

/// <summary>Plays wire cases against a server, each on connections of its own. It may be used by several threads at once.</summary>
public sealed class WireExaminer
{
    private readonly WireModel _model;
    private readonly WireOptions _options;
    private readonly Palette _palette;
    private readonly Dictionary<string, WireCase> _cases;
    private readonly ConcurrentDictionary<string, bool> _crowded = [];
    private long _sessions;

    /// <summary>An examiner for a profile.</summary>
    /// <param name="profile">The profile that the server is held against.</param>
    /// <param name="options">What is known of the server, and how far to go.</param>
    public WireExaminer(Profile profile, WireOptions options)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(options);
        (_model, _options) = (new WireModel(profile), options);
        _palette = new Palette(profile.Table, options.Palette);
        _cases = WireCatalogue.Cases(_model).ToDictionary(wire => wire.Case.Id);
    }

    /// <summary>How many connections were made so far.</summary>
    public long Sessions => Interlocked.Read(ref _sessions);

    /// <summary>Whether nothing else is played against the server.</summary>
    internal bool IsAlone { get; set; }

    /// <summary>Whether a case has to be played again with nobody else on the server.</summary>
    internal bool IsCrowded(TestCase one) => _crowded.ContainsKey(one.Id);

    /// <summary>Plays cases one after the other.</summary>
    /// <param name="target">The server: one behind a port, for octets are what this is about.</param>
    /// <param name="cases">The cases, from <see cref="WireCatalogue.Of"/>.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>A result for each case, in the order given. A server that cannot be reached leaves them inconclusive.</returns>
    /// <exception cref="ArgumentException">A case is none of the profile's wire cases, or the target is not behind a port.</exception>
    public async Task<IReadOnlyList<CaseResult>> RunAsync(
        ITarget target,
        IEnumerable<TestCase> cases,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(cases);
        List<CaseResult> results = [];
        foreach (var testCase in cases)
        {
            results.Add(await RunAsync(target, testCase, cancellation));
        }

        return results;
    }

    /// <summary>Plays one case.</summary>
    /// <inheritdoc cref="RunAsync(ITarget, IEnumerable{TestCase}, CancellationToken)"/>
    /// <param name="target">The server.</param>
    /// <param name="testCase">The case.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<CaseResult> RunAsync(ITarget target, TestCase testCase, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(testCase);
        if (!_cases.TryGetValue(testCase.Id, out var wire))
        {
            throw new ArgumentException($"{testCase.Id} is no wire case of {_model.Profile}", nameof(testCase));
        }

        if (testCase.Depth > _options.Depth)
        {
            return new CaseResult(
                testCase,
                CaseVerdict.NotApplicable,
                $"not decided at this depth: --depth {testCase.Depth.ToString().ToLowerInvariant()} decides it"
            );
        }

        var (outcome, run) = await PlayAsync(target, wire, false, cancellation, isHasty: true);
        if (run.IsInDoubt || (run.HasHurried && outcome.Standing is not Standing.Kept))
        {
            // a hasty one acquits and never accuses
            var hasty = outcome;
            (outcome, run) = await PlayAsync(target, wire, false, cancellation);
            if (hasty.Standing is Standing.Broken && outcome.Standing is Standing.Kept)
            {
                outcome = Once(hasty);
            }
        }

        if (outcome.Standing is Standing.Undecided && run.IsPutOff && _options.Greylisted > TimeSpan.Zero)
        {
            // a mailbox that the server did not know is known now
            await Task.Delay(_options.Greylisted, cancellation);
            (outcome, run) = await PlayAsync(target, wire, false, cancellation);
        }

        if (outcome.Standing is Standing.Broken)
        {
            outcome = await AgainAsync(target, wire, outcome, cancellation);
        }

        return new CaseResult(testCase, VerdictOf(outcome.Standing, (outcome.Rule ?? testCase.Rule).Level), outcome.Reason)
        {
            Rule = outcome.Rule ?? testCase.Rule,
            Evidence =
                run.Transcript.Lines.Count == 0
                    ? null
                    : new Evidence(run.Transcript, outcome.Expected, outcome.Came) { Connections = run.Script.Connections },
        };
    }

    // what does not show twice in the same way may have been chance, load, or somebody else's doing
    private async Task<WireOutcome> AgainAsync(ITarget target, WireCase wire, WireOutcome outcome, CancellationToken cancellation)
    {
        bool IsSame(WireOutcome again) => again.Standing == outcome.Standing && again.Reason == outcome.Reason;
        var (counted, run) = await PlayAsync(target, wire, false, cancellation, isCounted: true);
        if (!run.IsInDoubt && IsSame(counted))
        {
            return outcome;
        }

        // a reply too many shows itself in a pause
        var (again, slow) = await PlayAsync(target, wire, true, cancellation);
        return slow.Unasked is { } unasked
                ? outcome with
                {
                    Standing = Standing.Undecided,
                    Reason = $"there is one reply too many, which is for {_model.Table.Conduct.OneReply.Clause} to tell: {unasked}",
                }
            : IsSame(again) ? outcome
            : Once(outcome);
    }

    private async Task<(WireOutcome Outcome, WireRun Run)> PlayAsync(
        ITarget target,
        WireCase wire,
        bool isSlow,
        CancellationToken cancellation,
        bool isHasty = false,
        bool isCounted = false
    )
    {
        var run = new WireRun(
            _model,
            _options,
            _palette,
            _options.Door ?? new Door(target, new Pace(null), int.MaxValue, _options.Retries),
            IsAlone,
            cancellation
        )
        {
            IsSlow = isSlow,
            IsHasty = isHasty,
            IsCounted = isCounted,
        };
        var outcome = await wire.Play(run);
        if (outcome.Standing is Standing.Undecided && run.Lost is { } lost)
        {
            // nothing but plain commands came, and they were taken: a channel that is closed then is a finding, whatever the case is about
            outcome = new WireOutcome(
                Standing.Broken,
                lost,
                $"a reply; the receiver closes only after {_model.Ending} or with {_model.Table.Faults.Closing}",
                $"{new Observation(ObservationKind.Closed)}"
            )
            {
                Rule = _model.Table.Conduct.Closing,
            };
        }

        Interlocked.Add(ref _sessions, run.Sessions);
        // where one session disturbs another, the run's own do, too: then nothing is found out beside them
        if (run.IsCrowded || (!IsAlone && outcome.Standing is Standing.Undecided && wire.Case.Rule.Id == Rfc821Lines.Apart.Id))
        {
            _crowded.TryAdd(wire.Case.Id, true);
        }

        return (outcome, run);
    }

    private static WireOutcome Once(WireOutcome outcome) =>
        outcome with
        {
            Standing = Standing.Undecided,
            Reason = $"seen once and not again: {outcome.Reason}",
        };

    private static CaseVerdict VerdictOf(Standing standing, Level level) => standing switch
    {
        Standing.Kept => CaseVerdict.Pass,
        Standing.Broken => level switch { Level.Must => CaseVerdict.Fail, Level.Should => CaseVerdict.NonStrict, _ => CaseVerdict.Info },
        Standing.Chosen => CaseVerdict.Info,
        Standing.Undecided => CaseVerdict.Inconclusive,
        _ => CaseVerdict.NotApplicable,
    };
}
