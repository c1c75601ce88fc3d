using SmtpModel.Protocol;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Tests.Concurrency;

// Rounds: they overlap, they can be repeated, kept and made smaller, and no argument is two sessions'.
public class RoundTests
{
    private const int Together = 8;

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public async Task Sessions_are_open_at_the_same_time_and_take_turns(string name)
    {
        var profile = EveryProfile.Named(name);
        var runner = new RoundRunner(new Oracle(profile.Table));
        var (most, changes, turns) = (0, 0, 0);
        for (var number = 0; number < 50; number++)
        {
            var target = new Counting(InMemorySite.Of(profile));
            var result = await runner.RunAsync(target, Rounds(name)[number], TestContext.Current.CancellationToken);
            Assert.Null(result.Violation);
            Assert.Equal(0, target.Open);
            most = Math.Max(most, target.Most);
            turns += result.Lines.Count;
            changes += result.Lines.Zip(result.Lines.Skip(1)).Count(pair => pair.First.Session != pair.Second.Session);
        }

        TestRun.Print($"{name}: up to {most} open at a time, {changes} changes in {turns} exchanges");
        Assert.Equal(Together, most);
        Assert.True(changes > turns / 2, "one session after the other");
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public async Task A_round_is_the_same_again_from_its_seed_and_number_and_from_its_replay(string name)
    {
        var profile = EveryProfile.Named(name);
        var runner = new RoundRunner(new Oracle(profile.Table));
        for (var number = 0; number < 50; number++)
        {
            var round = Rounds(name)[number];
            var first = await PlayAsync(round);
            Assert.Equal(first, await PlayAsync(Rounds(name)[number]));
            var replay = ReplayFile.Of(name, round);
            Assert.Equal(first, await PlayAsync(ReplayFile.Parse(replay.ToJson(), Profiles.Find).Round!));
            Assert.Equal(first, await PlayAsync(ReplayFile.Parse(replay.ToId(), Profiles.Find).Round!));
        }

        async Task<string> PlayAsync(Round round) =>
            (await runner.RunAsync(InMemorySite.Of(profile), round, TestContext.Current.CancellationToken)).Transcript;
    }

    [Fact]
    public void A_session_alone_has_no_round_in_its_replay()
    {
        var session = Rounds("rfc5321")[0].Sessions[0];
        Assert.Null(ReplayFile.Parse(new ReplayFile("rfc5321", session).ToJson(), Profiles.Find).Round);
        var wrong = ReplayFile.Of("rfc5321", new Round([session], [0, 1])).ToJson();
        Assert.Contains(
            "schedule",
            Assert.Throws<FormatException>(() => ReplayFile.Parse(wrong, Profiles.Find)).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void No_path_and_no_mail_data_is_that_of_two_sessions(string name)
    {
        var owners = new Dictionary<string, int>();
        var shared = new List<string>();
        for (var number = 0; number < 200; number++)
        {
            foreach (var (session, owner) in Rounds(name)[number].Sessions.Select((session, index) => (session, index)))
            {
                foreach (
                    var move in session
                        .Steps.Select(step => step.Move)
                        .Where(move => !move.Content.IsEmpty && !move.Content.Span.SequenceEqual("<>"u8))
                )
                {
                    if (owners.TryAdd(move.Text, owner) is false && owners[move.Text] != owner)
                    {
                        shared.Add(move.Text);
                    }
                }
            }
        }

        Assert.True(owners.Count > 100);
        TestRun.None("of two sessions", shared);
    }

    [Fact]
    public void Every_smaller_round_is_smaller_and_keeps_the_places_of_what_stays()
    {
        var round = Rounds("rfc5321")[3];
        foreach (var smaller in RoundShrinker.Shrink(round))
        {
            Assert.True(
                smaller.Sessions.Count < round.Sessions.Count
                    || smaller.Sessions.Sum(session => session.Steps.Count) <= round.Sessions.Sum(session => session.Steps.Count)
            );
            Assert.All(smaller.Schedule, turn => Assert.InRange(turn, 0, smaller.Sessions.Count - 1));
            if (smaller.Sessions.Count > 0)
            {
                Assert.Equal(smaller.Sessions.Sum(session => session.Steps.Sum(Round.Turns) + 1), smaller.Schedule.Count);
            }
        }
    }

    private static RoundSource Rounds(string name) =>
        new(ScriptedSessions.Of(EveryProfile.Named(name)), TestRun.Seed, Together, isPathTagged: true);

    // how many sessions are open at a time
    private sealed class Counting(ITarget inner) : ITarget
    {
        public string Name => inner.Name;

        public int Open { get; private set; }

        public int Most { get; private set; }

        public async ValueTask<ITargetSession> ConnectAsync(int greeting, CancellationToken cancellation)
        {
            Most = Math.Max(Most, ++Open);
            return new Session(this, await inner.ConnectAsync(greeting, cancellation));
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();

        private sealed class Session(Counting target, ITargetSession inner) : ITargetSession
        {
            public Observation Greeting => inner.Greeting;

            public StoredMessage? Delivered => inner.Delivered;

            public ValueTask<Observation> SendAsync(ReadOnlyMemory<byte> octets, int script, CancellationToken cancellation) =>
                inner.SendAsync(octets, script, cancellation);

            public ValueTask<Observation?> UnaskedAsync(TimeSpan patience, CancellationToken cancellation) =>
                inner.UnaskedAsync(patience, cancellation);

            public ValueTask DisposeAsync()
            {
                target.Open--;
                return inner.DisposeAsync();
            }
        }
    }
}
