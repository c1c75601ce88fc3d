using System.Collections.Concurrent;

namespace SmtpModel.Testing.Tests.Mutants;

/// <summary>What is said of a mutant is true: held against the real session over its table.</summary>
public class JudgementTests
{
    [Theory]
    [ClassData(typeof(EveryProtocol))]
    public async Task What_kills_a_faulty_mutant_is_a_violation_at_its_last_move_when_it_is_played(string name)
    {
        var profile = EveryProfile.Named(name);
        var runner = new SessionRunner(new Oracle(profile.Table));
        var wrong = new List<string>();
        foreach (var mutant in MutantCatalogue.Of(profile).All.Where(mutant => mutant.Class is MutantClass.Faulty))
        {
            var result = await runner.RunAsync(
                InMemoryTarget.Of(mutant),
                mutant.Killing!,
                cancellation: TestContext.Current.CancellationToken
            );
            if (result.Violation is null || result.FailedAt != mutant.Killing!.Steps.Count - 1)
            {
                wrong.Add($"{mutant}: {mutant.Killing}: {result.Violation?.ToString() ?? result.Inconclusive ?? "no violation"}");
            }
        }

        TestRun.None("not killed by what should kill them", wrong);
    }

    // no judgement is taken for granted: random sessions, scripted as the generator draws them
    [Theory]
    [ClassData(typeof(EveryProtocol))]
    public async Task No_random_session_accuses_a_mutant_that_only_takes_the_room_it_has(string name)
    {
        var profile = EveryProfile.Named(name);
        var sessions = Drawn(profile, TestRun.Cases(150));
        var oracle = new Oracle(profile.Table);
        var accused = new ConcurrentBag<string>();
        var innocent = MutantCatalogue.Of(profile).All.Where(mutant => mutant.Class is not MutantClass.Faulty).ToList();
        await Parallel.ForEachAsync(innocent, TestContext.Current.CancellationToken, async (mutant, cancellation) =>
        {
            var runner = new SessionRunner(oracle);
            var target = InMemoryTarget.Of(mutant);
            foreach (var session in sessions)
            {
                if ((await runner.RunAsync(target, session, cancellation: cancellation)).Violation is { } violation)
                {
                    accused.Add($"{mutant} ({mutant.Class}): {violation} in {session}");
                    break;
                }
            }
        });
        TestRun.None("accused", accused);
    }

    // what is called equivalent is no list: the machines were compared; here the sessions are
    [Theory]
    [ClassData(typeof(EveryProtocol))]
    public async Task An_equivalent_mutant_answers_and_delivers_as_the_plain_server_does(string name)
    {
        var profile = EveryProfile.Named(name);
        var sessions = Drawn(profile, TestRun.Cases(1500));
        var plain = InMemoryTarget.Of(profile);
        var said = new List<List<string>>();
        foreach (var session in sessions)
        {
            said.Add(await AllSaid.OfAsync(plain, session, TestContext.Current.CancellationToken));
        }

        var differing = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(Equivalent(name), TestContext.Current.CancellationToken, async (mutant, cancellation) =>
        {
            var target = InMemoryTarget.Of(mutant);
            for (var at = 0; at < sessions.Count; at++)
            {
                if (!said[at].SequenceEqual(await AllSaid.OfAsync(target, sessions[at], cancellation)))
                {
                    differing.Add($"{mutant}: {sessions[at]}");
                    break;
                }
            }
        });
        TestRun.None("not equivalent", differing);
    }

    // the mail data is cleared by the end of data, and once more when the next transaction begins: one of the two is enough
    [Theory]
    [InlineData("buffer.ReceivingData.EndOfData-250.no-clear-mail-data", MutantClass.Equivalent)]
    [InlineData("buffer.Ready.MAIL-250.no-clear-mail-data", MutantClass.Equivalent)]
    [InlineData("buffer.RecipientsGiven.RCPT-250.no-append-forward-path", MutantClass.Faulty)]
    [InlineData("buffer.RecipientsGiven.RCPT-250.append-forward-path-to-mail-data", MutantClass.Faulty)]
    [InlineData("output.MailGiven.RCPT-250.251", MutantClass.Conforming)]
    [InlineData("output.MailGiven.RCPT-250.354", MutantClass.Faulty)]
    [InlineData("transfer.Ready.MAIL-250.RecipientsGiven", MutantClass.Faulty)]
    [InlineData("rejected.MailGiven.RCPT-550.buffers", MutantClass.Faulty)]
    [InlineData("accepted.Connected.TURN.Closed", MutantClass.Conforming)]
    [InlineData("hidden.MailGiven.RSET-250", MutantClass.Faulty)]
    public void A_mutant_is_what_one_sees_that_it_is(string id, MutantClass expected)
    {
        Assert.All([Spec.Profiles.Rfc821, Spec.Profiles.Rfc5321], profile =>
            Assert.Equal(expected, MutantCatalogue.Of(profile).Find(id)!.Class)
        );
    }

    private static IEnumerable<SmtpModel.Testing.Engine.Mutant> Equivalent(string name) =>
        MutantCatalogue.Of(EveryProfile.Named(name)).All.Where(mutant => mutant.Class is MutantClass.Equivalent);

    private static List<TestSession> Drawn(SmtpModel.Machines.Profile profile, int count)
    {
        var source = new SessionSource(ScriptedSessions.Of(profile), TestRun.Seed);
        return [.. Enumerable.Range(0, count).Select(number => source[number])];
    }
}
