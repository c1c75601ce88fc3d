using System.Text.RegularExpressions;

namespace SmtpModel.Testing.Tests.Mutants;

/// <summary>The mutants that are read off the table: all kinds are there, each has a name, and each can be served.</summary>
public sealed partial class CatalogueTests
{
    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void Every_kind_of_mutant_is_there_and_has_a_faulty_one(string name)
    {
        var mutants = MutantCatalogue.Of(EveryProfile.Named(name)).All;
        foreach (var kind in mutants.GroupBy(mutant => mutant.Kind))
        {
            TestRun.Print(
                $"{name} {kind.Key,-10} {kind.Count(),5}: "
                    + string.Join(
                        ", ",
                        kind.GroupBy(mutant => mutant.Class).OrderBy(each => each.Key).Select(each => $"{each.Key} {each.Count()}")
                    )
            );
        }

        Assert.Equal(
            Enum.GetValues<MutantKind>().Except([MutantKind.Counter]),
            mutants.Where(mutant => mutant.Class is MutantClass.Faulty).Select(mutant => mutant.Kind).Distinct().Order()
        );
        Assert.All(Enum.GetValues<MutantClass>(), which => Assert.Contains(mutants, mutant => mutant.Class == which));
    }

    // counted from the table, so that none is forgotten when the specification grows
    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void There_is_a_mutant_for_each_place_of_the_table(string name)
    {
        var profile = EveryProfile.Named(name);
        var (table, mutants) = (profile.Table, MutantCatalogue.Of(profile).All);
        var refusals = table.States.Sum(state => table.Commands.Count(use => table.OutOfOrder(state, use.Command) is not null));
        var targets = table.States.Count - 2;
        Assert.Equal(4 * (table.Edges.Count + refusals), mutants.Count(mutant => mutant.Kind is MutantKind.Output));
        Assert.Equal(table.Edges.Count, mutants.Count(mutant => mutant.Kind is MutantKind.Missing));
        Assert.Equal(table.Edges.Count(edge => edge.To != table.Final), mutants.Count(mutant => mutant.Kind is MutantKind.Hidden));
        Assert.Equal(
            targets * (table.Edges.Count + refusals),
            mutants.Count(mutant =>
                mutant.Kind is MutantKind.Transfer or MutantKind.Rejected && !mutant.Id.EndsWith(".buffers", StringComparison.Ordinal)
            )
        );
        Assert.True(mutants.Count(mutant => mutant.Kind is MutantKind.Accepted) >= refusals);
        Assert.Equal(table.Edges.Sum(edge => edge.Exchange.Effects.Count),
            mutants.Count(mutant => mutant.Kind is MutantKind.Buffer && mutant.Id.Contains(".no-", StringComparison.Ordinal)));
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void Each_has_a_name_of_its_own_that_a_shell_takes_and_that_finds_it(string name)
    {
        var catalogue = MutantCatalogue.Of(EveryProfile.Named(name));
        Assert.Equal(catalogue.All.Count, catalogue.All.Select(mutant => mutant.Id).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(catalogue.All, mutant => Assert.Matches(Plain(), mutant.Id));
        Assert.All(catalogue.All, mutant => Assert.Same(mutant, catalogue.Find(mutant.Id)));
        Assert.All(catalogue.All, mutant => Assert.NotNull(mutant.Rule));
        Assert.Null(catalogue.Find("transfer.MailGivn.RCPT-250.Ready"));
        Assert.Equal("transfer.MailGiven.RCPT-250.Ready", catalogue.Near("transfer.MailGivn.RCPT-250.Ready")[0]);
    }

    // the second needs a refusal, which the served mutant gives when it is asked for one
    [Theory]
    [InlineData("accepted.Ready.RCPT.RecipientsGiven", "RCPT")]
    [InlineData("rejected.MailGiven.RCPT-550.Ready", "RCPT")]
    [InlineData("hidden.Ready.MAIL-250", "RCPT")]
    public async Task One_that_is_served_over_TCP_is_found_by_the_fuzzer_and_the_plain_server_is_not_accused(string id, string command)
    {
        var profile = Spec.Profiles.Rfc5321;
        var options = new FuzzOptions { Seed = TestRun.Seed, Sessions = 600, MaxViolations = 1 };
        await using (var server = await EmbeddedServer.StartAsync(profile, MutantCatalogue.Of(profile).Find(id)))
        {
            Assert.Contains(id, server.Name, StringComparison.Ordinal);
            var report = await new Fuzzer(profile, options).RunAsync(server, cancellation: TestContext.Current.CancellationToken);
            var finding = Assert.Single(report.Findings);
            TestRun.Print($"{id}: {finding.Violation} after {report.Sessions} sessions");
            Assert.Contains(finding.Session.Steps, step => step.Move.Command.Name == command);
        }

        await using var plain = await EmbeddedServer.StartAsync(profile);
        TestRun.NoFindings(
            await new Fuzzer(profile, options with { Sessions = 100 }).RunAsync(plain, cancellation: TestContext.Current.CancellationToken)
        );
    }

    [GeneratedRegex("^[A-Za-z0-9.-]+$")]
    private static partial Regex Plain();
}
