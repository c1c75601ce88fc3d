using SmtpModel.Testing.Tests.Mutants;
namespace SmtpModel.Testing.Tests.Differences;

/// <summary>Two servers are told apart where they differ, and each difference is shown by itself.</summary>
public class ServerComparisonTests
{
    [Theory]
    [ClassData(typeof(EveryProfile))]
    public async Task A_server_does_not_differ_from_itself(string name)
    {
        var profile = EveryProfile.Named(name);
        Assert.Empty(
            await ServerComparison.RunAsync(
                profile,
                new TestOptions(),
                InMemoryTarget.Of(profile),
                InMemoryTarget.Of(profile),
                TestContext.Current.CancellationToken
            )
        );
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public async Task A_command_that_is_refused_in_one_state_and_accepted_in_another_makes_two_differences(string name)
    {
        var profile = EveryProfile.Named(name);
        var changed = SpecifiedOrder
            .Of(profile.Table)
            .WithAcceptance(Spec.Rfc821.MailGiven, Spec.Rfc821.MAIL, Spec.Rfc821.MailGiven)
            .WithRefusal(Spec.Rfc821.Ready, Spec.Rfc821.MAIL, 503);
        await using var faulty = InMemoryTarget.Of(changed, "MAIL the other way round");
        var found = await ServerComparison.RunAsync(
            profile,
            new TestOptions(),
            InMemoryTarget.Of(profile),
            faulty,
            TestContext.Current.CancellationToken
        );
        Assert.Contains(found, difference =>
            difference.Move.Command == Spec.Rfc821.MAIL
            && difference.One[^1].StartsWith("250", StringComparison.Ordinal)
            && difference.Other[^1].StartsWith("503", StringComparison.Ordinal)
        );
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public async Task What_one_server_does_otherwise_is_shown_by_the_shortest_session(string name)
    {
        var profile = EveryProfile.Named(name);
        await using var early = InMemoryTarget.Of(
            SpecifiedOrder.Of(profile).WithAcceptance(Spec.Rfc821.Connected, Spec.Rfc821.MAIL, Spec.Rfc821.MailGiven),
            "MAIL before HELO is accepted"
        );
        var found = await ServerComparison.RunAsync(
            profile,
            new TestOptions(),
            InMemoryTarget.Of(profile),
            early,
            TestContext.Current.CancellationToken
        );
        var difference = Assert.Single(found, difference => difference.Session.Steps.Count == 1);
        Assert.Equal(Spec.Rfc821.MAIL, difference.Move.Command);
        Assert.Equal(CaseKind.OutOfOrder, difference.Case!.Kind);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(40)]
    [InlineData(120)]
    public void A_replay_id_that_was_cut_off_says_so(int length)
    {
        var profile = EveryProfile.Named("rfc5321");
        var id = new ReplayFile(
            profile.Name,
            new TestSession([new Step(new Palette(profile.Table, new PaletteOptions()).Valid(Spec.Rfc821.NOOP)[0])])
        ).ToId();
        var fault = Assert.Throws<FormatException>(() => ReplayFile.Parse(id[..Math.Min(length, id.Length - 1)], EveryProfile.Named));
        Assert.Contains("is it complete?", fault.Message, StringComparison.Ordinal);
    }
}
