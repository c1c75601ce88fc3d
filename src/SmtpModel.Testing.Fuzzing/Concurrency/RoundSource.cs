using FsCheck;
using FsCheck.Fluent;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// The rounds of a run by their numbers. FsCheck draws the sessions, as for one session at a time, and shuffles their turns. A
/// round depends on the seed, its number and the number of its sessions only, but for those that are guided by what the run has
/// covered. Not for use by two threads at once.
/// </summary>
/// <param name="generator">What draws the sessions.</param>
/// <param name="seed">The seed of the run.</param>
/// <param name="sessions">How many sessions a round has.</param>
/// <param name="isPathTagged">Whether the server takes any mailbox of the domains it was said to take, so that each session can have its
/// own.</param>
public sealed class RoundSource(SessionGenerator generator, ulong seed, int sessions, bool isPathTagged)
{
    private readonly SessionSource _sessions = new(generator, seed);
    private readonly List<Tagging> _tags = [];

    /// <summary>Which paths are tagged, where another choice was made than by domains or not at all.</summary>
    internal PathTags? Tags { get; init; }

    /// <summary>What the run has covered, for <see cref="Strategy.Guided"/>; null for nothing yet.</summary>
    internal Coverage? Coverage
    {
        init => _sessions.Coverage = value;
    }

    /// <summary>The round of a number, from 0.</summary>
    /// <param name="number">The number.</param>
    public Round this[long number]
    {
        get
        {
            for (var session = _tags.Count; session < sessions; session++)
            {
                _tags.Add(new Tagging(session, Tags ?? (isPathTagged ? PathTags.Domains : PathTags.None)));
            }

            TestSession[] drawn = [.. _tags.Select((tags, session) => tags.Apply(_sessions[(number * sessions) + session]))];
            // the connection is a turn too
            int[] turns = [.. drawn.SelectMany((session, index) => Enumerable.Repeat(index, session.Steps.Sum(Round.Turns) + 1))];
            var schedule = Gen.Shuffle(turns).Sample(1, new Rnd(SessionSource.Mix(~seed, number)), 50)[0];
            return new Round(drawn, schedule);
        }
    }
}
