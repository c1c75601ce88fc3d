using System.Globalization;
using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>Plays again what once showed something: a session, several at the same time, or a case about octets.</summary>
public static class Replay
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    /// <summary>Plays it again.</summary>
    /// <param name="profile">The profile it was held against.</param>
    /// <param name="file">What is played, with what came then where that is known.</param>
    /// <param name="target">The server.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="TargetUnreachableException">There is no server.</exception>
    public static Task<ReplayOutcome> RunAsync(
        Profile profile,
        ReplayFile file,
        ITarget target,
        CancellationToken cancellation = default
    ) => RunAsync(profile, file, target, null, cancellation);

    /// <summary>Plays it again, and looks at what is delivered where that is what it is about.</summary>
    /// <inheritdoc cref="RunAsync(Profile, ReplayFile, ITarget, CancellationToken)"/>
    /// <param name="profile">The profile it was held against.</param>
    /// <param name="file">What is played, with what came then where that is known.</param>
    /// <param name="target">The server.</param>
    /// <param name="delivered">Where what is delivered is looked for; null where that cannot be seen.</param>
    /// <param name="cancellation">Gives up.</param>
    public static Task<ReplayOutcome> RunAsync(
        Profile profile,
        ReplayFile file,
        ITarget target,
        DeliveryWatch? delivered,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(file);
        return file switch
        {
            { NeedsDeliveries: true } => delivered is null
                ? Task.FromResult(
                    new ReplayOutcome(
                        ReplayVerdict.Error,
                        "it shows only in what the server delivers; say with --delivered where that can be seen",
                        []
                    )
                )
                : DeliveredAsync(profile, file, target, delivered, cancellation),
            { Wire: { } wire } => WireAsync(profile, file, wire, target, cancellation),
            { Round: { } round } => RoundAsync(profile, round, target, cancellation),
            // the fuzzer passes over mail data that the server does not ask for, and sends some where it does
            { Case: null } => DrawnAsync(profile, file.Session, target, cancellation),
            _ => CaseAsync(profile, file, target, cancellation),
        };
    }

    private static async Task<ReplayOutcome> WireAsync(
        Profile profile,
        ReplayFile file,
        WireReplay wire,
        ITarget target,
        CancellationToken cancellation
    )
    {
        var options = new WireOptions
        {
            Access = state => wire.Ways.GetValueOrDefault(state.Name),
            Palette = wire.Palette,
            Depth = wire.Depth,
        };
        var result = await new WireExaminer(profile, options).RunAsync(target, CaseCatalogue.Of(profile).Find(file.Case!)!, cancellation);
        if (file.IsElsewhere && result.Verdict is (CaseVerdict.Fail or CaseVerdict.NonStrict))
        {
            return new ReplayOutcome(
                ReplayVerdict.Same,
                $"{result.Reason}; another finding of the test may be why, so it was left open",
                []
            )
            {
                Transcript = $"{result.Evidence?.Transcript}",
            };
        }

        var verdict = result.Verdict switch
        {
            CaseVerdict.Fail => ReplayVerdict.Failed,
            _ when result.Verdict == file.Verdict => ReplayVerdict.Same,
            CaseVerdict.Inconclusive or CaseVerdict.NotApplicable => ReplayVerdict.Error,
            _ => file.Verdict is CaseVerdict.Fail ? ReplayVerdict.Fixed : ReplayVerdict.Changed,
        };
        return new ReplayOutcome(verdict, result.Reason.Length > 0 ? result.Reason : result.Case.Requirement, [])
        {
            Transcript = $"{result.Evidence?.Transcript}",
        };
    }

    private static Task<ReplayOutcome> DeliveredAsync(
        Profile profile,
        ReplayFile file,
        ITarget target,
        DeliveryWatch watch,
        CancellationToken cancellation
    )
    {
        var replay = new DeliveryReplay(profile, watch, DeliveryCatalogue.Of(profile).FirstOrDefault(one => one.Id == file.Case)?.Rule);
        return file.Round is { } round
            ? replay.RunAsync(round, target, Patience, cancellation)
            : replay.RunAsync(file.Session, target, Patience, cancellation);
    }

    private static async Task<ReplayOutcome> RoundAsync(Profile profile, Round round, ITarget target, CancellationToken cancellation)
    {
        var result = await new RoundRunner(new Oracle(profile.Table)).RunAsync(target, round, cancellation);
        return Outcome(result.Violation, result.Inconclusive.FirstOrDefault()) with { Transcript = result.Transcript };
    }

    private static async Task<ReplayOutcome> DrawnAsync(
        Profile profile,
        TestSession session,
        ITarget target,
        CancellationToken cancellation
    )
    {
        var transcript = new Transcript();
        var result = await new SessionRunner(new Oracle(profile.Table)) { Patience = Patience }.RunAsync(
            target,
            session,
            transcript,
            cancellation
        );
        return Outcome(result.Violation, result.Inconclusive) with { Transcript = transcript.ToString() };
    }

    private static ReplayOutcome Outcome(Violation? violation, string? inconclusive) =>
        violation is not null ? new ReplayOutcome(ReplayVerdict.Failed, violation.ToString(), [])
        : inconclusive is not null ? new ReplayOutcome(ReplayVerdict.Error, inconclusive, [])
        : new ReplayOutcome(ReplayVerdict.Fixed, "nothing in it breaks a rule", []);

    private static async Task<ReplayOutcome> CaseAsync(Profile profile, ReplayFile file, ITarget target, CancellationToken cancellation)
    {
        var moves = file.Session.Steps.Select(step => step.Move).ToList();
        var prober = new Prober(target, new Oracle(profile.Table), new TestOptions { Greeting = file.Session.Greeting });
        var played = await prober.PlayAsync(moves, Patience, cancellation);
        var steps = moves
            .Select(
                (move, at) =>
                    Step(move, file.Came.ElementAtOrDefault(at), at < played.Steps.Count ? played.Steps[at].Came.ToString() : null)
            )
            .ToList();
        // what was left open, or was not strict, is that still where the server answers as it did
        var isDecided = file.Verdict is null or CaseVerdict.Fail || file.Came.Count < moves.Count || steps.Exists(step => step.IsChanged);
        if (isDecided && (played.Violation ?? played.Besides.Select(beside => beside.Violation).FirstOrDefault()) is { } violation)
        {
            return new ReplayOutcome(ReplayVerdict.Failed, violation.ToString(), steps);
        }

        // closing may be what the session is about
        var closing = profile.Table.Faults.Closing.ToString(CultureInfo.InvariantCulture);
        if (played.Cut is { } cut && !(played.IsWhole && file.Came.Any(came => came.StartsWith(closing, StringComparison.Ordinal))))
        {
            return new ReplayOutcome(ReplayVerdict.Error, cut, steps);
        }

        if (file.Verdict is not (null or CaseVerdict.Fail))
        {
            return steps.Exists(step => step.IsChanged)
                ? new ReplayOutcome(
                    ReplayVerdict.Changed,
                    $"the server answers otherwise than when this was {Words(file.Verdict.Value)}",
                    steps
                )
                : new ReplayOutcome(ReplayVerdict.Same, $"the server answers as it did when this was {Words(file.Verdict.Value)}", steps);
        }

        if (!played.IsWhole)
        {
            return new ReplayOutcome(
                ReplayVerdict.Error,
                $"it got as far as step {played.Steps.Count} of {moves.Count}: the server asks for something else there than it did",
                steps
            );
        }

        // by itself the last answer may be allowed: it was wrong for what the server did elsewhere, and behind the answers before it
        if (
            file.IsRelative
            && steps.SkipLast(1).FirstOrDefault(step => step is { Before: { } before, Now: { } now } && Kind(before) != Kind(now))
                is { } other
        )
        {
            return new ReplayOutcome(
                ReplayVerdict.Fixed,
                $"{other.Sent} drew {other.Before} and now draws {other.Now}, so that nothing in it breaks a rule",
                steps
            );
        }

        return !file.IsRelative || file.Came.Count < moves.Count
                ? new ReplayOutcome(ReplayVerdict.Fixed, "nothing in it breaks a rule", steps)
            : Kind(file.Came[^1]) == Kind(steps[^1].Now!)
                ? new ReplayOutcome(ReplayVerdict.Failed, $"the last answer is the one that was wrong: {steps[^1].Now}", steps)
            : new ReplayOutcome(ReplayVerdict.Fixed, $"the last answer was {file.Came[^1]} and is {steps[^1].Now}", steps);
    }

    private static string Words(CaseVerdict verdict) =>
        verdict switch
        {
            CaseVerdict.NonStrict => "not strict",
            CaseVerdict.NotApplicable => "not applicable",
            CaseVerdict.Info => "for information",
            _ => verdict.ToString().ToLowerInvariant(),
        };

    private static ReplayStep Step(Move move, string? before, string? now) =>
        new(move.ToString(), before, now, before is not null && now is not null && Code(before) != Code(now));

    // texts change from run to run, with queue ids and times
    private static string Code(string came) => came.Split(' ', '-')[0];

    private static char Kind(string came) => came.Length == 0 ? ' ' : came[0] is '4' ? '5' : came[0];
}
