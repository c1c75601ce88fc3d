using System.Runtime.CompilerServices;
using SmtpModel.Machines;

namespace SmtpModel.Testing.Tests.Conformance;

/// <summary>The catalogue follows from the machine, and nothing of the machine is without a case.</summary>
public class CatalogueTests
{
    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void Every_rule_has_a_case(string name)
    {
        var catalogue = CaseCatalogue.Of(EveryProfile.Named(name));
        var covered = catalogue.Cases.Select(one => one.Rule.Id)
            // a refusal out of order has one case: for the rule that asks for it, and for the one that demands its code
            .Concat(
                catalogue
                    .Cases.Where(one => one.Kind is CaseKind.OutOfOrder)
                    .Select(one => catalogue.Table.OutOfOrder(one.State!, one.Command!)?.Demands?.Id)
                    .OfType<string>()
            )
            .ToHashSet();
        TestRun.None(
            "rules without a case",
            catalogue
                .Table.Rules.Concat(catalogue.Table.LineRules)
                .Select(rule => rule.Id)
                .Where(id => !covered.Contains(id) && WithoutCase.Why(catalogue.Table, id) is null)
        );
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void Every_edge_and_every_refusal_out_of_order_has_a_case(string name)
    {
        var catalogue = CaseCatalogue.Of(EveryProfile.Named(name));
        var table = catalogue.Table;
        TestRun.None("edges without a case", table.Edges.Where(edge => Of(catalogue, edge) is null));
        TestRun.None(
            "refusals without a case",
            from state in table.States
            from use in table.Commands
            where
                use.Command.Kind is InputKind.Line
                && table.OutOfOrder(state, use.Command) is not null
                && catalogue.Find(CaseKind.OutOfOrder, state, use.Command) is null
            select $"{state}, {use.Command}"
        );
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void The_ids_are_unique_and_permanent(string name)
    {
        var cases = CaseCatalogue.Of(EveryProfile.Named(name)).Cases;
        Assert.Equal(cases.Count, cases.Select(one => one.Id).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(cases, one => Assert.Matches("^rfc[0-9]+/[A-Za-z0-9.-]+/[A-Za-z0-9-]+$", one.Id));

        // whoever has a list of deviations or a filter has these names in it: they may be added to, and must not be changed
        var file = Path.Combine(Folder(), $"cases-{name}.txt");
        if (Environment.GetEnvironmentVariable("SMTPMODEL_UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllLines(file, cases.Select(one => one.Id));
        }

        Assert.Equal(File.ReadAllLines(file), cases.Select(one => one.Id));
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void Every_case_that_is_about_a_state_the_client_can_reach_has_sessions_to_play(string name)
    {
        var catalogue = CaseCatalogue.Of(EveryProfile.Named(name));
        var plan = new CasePlan(catalogue, new TestOptions { Depth = Depth.Data });
        var reached = Paths
            .Shortest(catalogue.Table)
            .Where(path => path.Value.All(edge => edge.Exchange.IsAccepted))
            .Select(path => path.Key)
            .ToHashSet();
        TestRun.None(
            "cases without sessions",
            catalogue.Cases.Where(one =>
                one.State is { } state
                && reached.Contains(state)
                && one.Kind is not (CaseKind.Greeting or CaseKind.Refused or CaseKind.Wire)
                && plan.Of(one).Count == 0
            )
        );
        Assert.All(catalogue.Cases.SelectMany(plan.Of), planned => Assert.NotEmpty(planned.Session.Steps));
    }

    // nothing that delivers is sent at a depth that promises not to
    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void No_session_of_a_smaller_depth_sends_mail_data(string name)
    {
        var catalogue = CaseCatalogue.Of(EveryProfile.Named(name));
        foreach (var depth in new[] { Depth.Greeting, Depth.Envelope })
        {
            var plan = new CasePlan(catalogue, new TestOptions { Depth = depth });
            Assert.All(catalogue.Cases.SelectMany(plan.Of), planned =>
                Assert.DoesNotContain(planned.Session.Steps, step => step.Move.Kind is MoveKind.Data)
            );
        }
    }

    private static TestCase? Of(CaseCatalogue catalogue, Edge edge)
    {
        var command = edge.Exchange.Command;
        return command.Kind switch
        {
            InputKind.Opening => catalogue.Find(CaseKind.Greeting, edge.From, command),
            InputKind.UnknownLine => catalogue.Find(CaseKind.UnknownLine, edge.From, command),
            InputKind.Any => catalogue.Conduct(edge.Rule),
            _ when edge.Exchange.IsAccepted => catalogue.Find(CaseKind.InOrder, edge.From, command),
            _ => catalogue.Find(CaseKind.Malformed, edge.From, command) ?? catalogue.Find(CaseKind.Refused, edge.From, command)

                // a string that may be there can hardly be wrong, and what is always accepted is refused for that only
                ?? (catalogue.Table[command].Argument.Required ? null : catalogue.Find(CaseKind.InOrder, edge.From, command)),
        };
    }

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
