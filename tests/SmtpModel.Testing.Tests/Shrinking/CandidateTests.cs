using SmtpModel.Machines;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Tests.Shrinking;

// What is tried to make a session smaller.
public class CandidateTests
{
    [Fact]
    public void Each_one_each_two_and_each_half_of_the_steps_are_left_out()
    {
        var session = new TestSession([.. "abcdefgh".Select(letter => new Step(new Move(Rfc821.NOOP, MoveKind.Valid, $"NOOP {letter}")))]);
        var tried = SessionShrinker.Shrink(session).Select(Letters).ToHashSet();
        for (var one = 0; one < 8; one++)
        {
            for (var other = one; other < 8; other++)
            {
                Assert.Contains(string.Concat("abcdefgh".Where((_, at) => at != one && at != other)), tried);
            }
        }

        Assert.Contains("abcd", tried);
        Assert.Contains("efgh", tried);
        Assert.DoesNotContain("abcdefgh", tried);
    }

    [Fact]
    public void The_greatest_pieces_are_left_out_first()
    {
        var session = new TestSession([.. "abcdefgh".Select(letter => new Step(new Move(Rfc821.NOOP, MoveKind.Valid, $"NOOP {letter}")))]);
        Assert.Equal(["efgh", "abcd", "cdefgh"], SessionShrinker.Shrink(session).Select(Letters).Take(3));
    }

    [Fact]
    public void Steps_that_are_far_apart_are_left_out_together_too()
    {
        var session = new TestSession([
            .. "abcdefghijklmnopqrst".Select(letter => new Step(new Move(Rfc821.NOOP, MoveKind.Valid, $"NOOP {letter}"))),
        ]);
        var tried = SessionShrinker.Shrink(session).Select(Letters).ToHashSet();
        Assert.Contains("bcdefghijklmnopqrs", tried);
        Assert.Contains("abdefghijklmnoqrst", tried);
    }

    [Fact]
    public void Scripts_the_greeting_and_the_last_step_go_too()
    {
        var session = new TestSession([new Step(new Move(Rfc821.NOOP, MoveKind.Valid, "NOOP"), 250)], 220);
        var tried = SessionShrinker
            .Shrink(session)
            .Select(candidate => (candidate.Steps.Count, candidate.Greeting, candidate.Steps.Sum(step => step.Script)))
            .ToList();
        Assert.Equal([(0, 220, 0), (1, 0, 250), (1, 220, 0)], tried);
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void No_candidate_is_longer_and_a_plainer_move_is_of_the_same_command(string name)
    {
        var profile = EveryProfile.Named(name);
        var source = new SessionSource(ScriptedSessions.Of(profile), TestRun.Seed);
        for (var number = 0; number < 100; number++)
        {
            var session = source[number];
            Assert.All(SessionShrinker.Shrink(session), candidate =>
            {
                Assert.True(candidate.Greeting == session.Greeting || candidate.Greeting == 0);
                Assert.True(
                    candidate.Steps.Count < session.Steps.Count || Commands(candidate).SequenceEqual(Commands(session)),
                    $"{session}\n{candidate}"
                );
                Assert.All(candidate.Steps, step =>
                    Assert.True(step.Script == 0 || session.Steps.Any(other => other.Script == step.Script))
                );
            });
        }
    }

    private static IEnumerable<(Command, MoveKind)> Commands(TestSession session) =>
        session.Steps.Select(step => (step.Move.Command, step.Move.Kind));

    private static string Letters(TestSession session) => string.Concat(session.Steps.Select(step => step.Move.Text[^1]));
}
