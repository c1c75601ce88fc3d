using System.Globalization;
using SmtpModel.Machines;

namespace SmtpModel.Testing;

/// <summary>What came of a session that was played again.</summary>
public enum ReplayVerdict
{
    /// <summary>What it showed is not there any more.</summary>
    Fixed,

    /// <summary>It shows the same, or something else that no rule allows.</summary>
    Failed,

    /// <summary>It could not be played so far.</summary>
    Error,
}

/// <summary>One step of a session that was played again.</summary>
/// <param name="Sent">What was sent. Safe to print.</param>
/// <param name="Before">What came when it was first played; null when that is not known. Safe to print.</param>
/// <param name="Now">What came now; null when it did not get so far. Safe to print.</param>
/// <param name="IsChanged">Whether another answer came than then.</param>
public sealed record ReplayStep(string Sent, string? Before, string? Now, bool IsChanged);

/// <summary>What came of a session that was played again.</summary>
/// <param name="Verdict">What is made of it.</param>
/// <param name="Reason">Why, in one sentence. Safe to print.</param>
/// <param name="Steps">Each step, then and now.</param>
public sealed record ReplayOutcome(ReplayVerdict Verdict, string Reason, IReadOnlyList<ReplayStep> Steps);

/// <summary>Plays sessions again that once showed something.</summary>
public static class Replay
{
    /// <summary>Plays a session again.</summary>
    /// <param name="profile">The profile it was held against.</param>
    /// <param name="file">The session, with what came then where that is known.</param>
    /// <param name="target">The server.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="TargetUnreachableException">There is no server.</exception>
    public static async Task<ReplayOutcome> RunAsync(Profile profile, ReplayFile file, ITarget target, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(file);
        var moves = file.Session.Steps.Select(step => step.Move).ToList();
        var prober = new Prober(target, new Oracle(profile.Table), new TestOptions { Greeting = file.Session.Greeting });
        var played = await prober.PlayAsync(moves, TimeSpan.FromMilliseconds(100), cancellation);
        var steps = moves.Select((move, at) => Step(move, file.Came.ElementAtOrDefault(at), at < played.Steps.Count ? played.Steps[at].Came.ToString() : null)).ToList();
        if ((played.Violation ?? played.Besides.Select(beside => beside.Violation).FirstOrDefault()) is { } violation)
        {
            return new ReplayOutcome(ReplayVerdict.Failed, violation.ToString(), steps);
        }

        // closing may be what the session is about
        var closing = profile.Table.Faults.Closing.ToString(CultureInfo.InvariantCulture);
        if (played.Cut is { } cut && !(played.IsWhole && file.Came.Any(came => came.StartsWith(closing, StringComparison.Ordinal))))
        {
            return new ReplayOutcome(ReplayVerdict.Error, cut, steps);
        }

        if (!played.IsWhole)
        {
            return new ReplayOutcome(ReplayVerdict.Error, $"it got as far as step {played.Steps.Count} of {moves.Count}: the server asks for something else there than it did", steps);
        }

        // by itself the last answer may be allowed: it was wrong for what the server did elsewhere
        return !file.IsRelative || file.Came.Count < moves.Count ? new ReplayOutcome(ReplayVerdict.Fixed, "nothing in it breaks a rule", steps)
            : Kind(file.Came[^1]) == Kind(steps[^1].Now!) ? new ReplayOutcome(ReplayVerdict.Failed, $"the last answer is the one that was wrong: {steps[^1].Now}", steps)
            : new ReplayOutcome(ReplayVerdict.Fixed, $"the last answer was {file.Came[^1]} and is {steps[^1].Now}", steps);
    }

    private static ReplayStep Step(Move move, string? before, string? now) => new(move.ToString(), before, now, before is not null && now is not null && Code(before) != Code(now));

    // texts change from run to run, with queue ids and times
    private static string Code(string came) => came.Split(' ', '-')[0];

    private static char Kind(string came) => came.Length == 0 ? ' ' : came[0] is '4' ? '5' : came[0];
}
