using SmtpModel.Machines;

namespace SmtpModel.Testing.Tests.Oracles;

// Exhaustive: what the machine permits is never called a failure, and knowing less never makes the oracle harsher.
public class CompletenessTests
{
    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void No_exchange_that_the_machine_permits_fails(string name)
    {
        var table = EveryProfile.Named(name).Table;
        var oracle = new Oracle(table);
        var edges = 0;
        foreach (var edge in table.Edges)
        {
            var commands =
                edge.Exchange.Command.Kind is InputKind.Any ? table.Commands.Select(use => use.Command) : [edge.Exchange.Command];
            foreach (var command in commands)
            {
                // replies to what is wrong with a line are permitted to a command that is always accepted only when something is wrong
                // with it
                var use = table[command];
                var kind =
                    use.IsAlwaysAccepted && use.General.Contains(edge.Exchange.Code) ? MoveKind.Malformed : OracleCalls.KindOf(command);
                var judgement = oracle.Judge(oracle.Of(edge.From), command, kind, edge.Exchange.Code);
                Assert.True(judgement.Verdict is Verdict.Pass, $"{edge}");
                Assert.Equal(oracle.Of(edge.To, command, edge.Exchange.Code), judgement.After);
                Assert.Equal(edge, judgement.Edge);
                edges++;
            }
        }

        TestRun.Print($"{name}: {edges} exchanges");
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void No_exchange_that_is_tolerated_fails_and_the_oracle_follows_it(string name)
    {
        var table = EveryProfile.Named(name).Table;
        var oracle = new Oracle(table);
        Assert.NotEmpty(table.Tolerated);
        Assert.All(table.Tolerated.Where(edge => !edge.IsOneOfSeveral && edge.Exchange.Command.Kind is not InputKind.Any), edge =>
        {
            var judgement = oracle.In(edge.From, edge.Exchange.Command, edge.Exchange.Code);
            Assert.NotEqual(Verdict.Fail, judgement.Verdict);
            Assert.True(judgement.After.Overlaps(oracle.Of(edge.To)), $"{edge}");
        });
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void No_refusal_out_of_order_that_the_machine_names_fails(string name)
    {
        var table = EveryProfile.Named(name).Table;
        var oracle = new Oracle(table);
        var refusals = table
            .States.SelectMany(state => table.Commands.Select(use => table.OutOfOrder(state, use.Command)))
            .OfType<Refusal>()
            .ToList();
        Assert.NotEmpty(refusals);
        Assert.All(refusals, refusal => Assert.All(refusal.Codes, code =>
        {
            var judgement = oracle.In(refusal.State, refusal.Command, code);
            Assert.Equal(Verdict.Pass, judgement.Verdict);
            Assert.Equal(oracle.Of(refusal.State, refusal.Command, code), judgement.After);
        }));
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void One_more_state_that_the_server_can_be_in_never_makes_a_verdict_harsher_nor_a_state_impossible(string name)
    {
        var table = EveryProfile.Named(name).Table;
        var oracle = new Oracle(table);
        List<int> codes = [.. table.Edges.Select(edge => edge.Exchange.Code).Distinct(), 199, 299, 399, 499, 503, 599, 600];
        // pairs of states, and all states but one
        var sets = (
            from one in Enumerable.Range(0, table.AllStates.Count)
            from other in Enumerable.Range(0, table.AllStates.Count)
            select (StateSet.Of(one), StateSet.Of(other))
        ).Concat(
            from one in Enumerable.Range(0, table.AllStates.Count)
            select (new StateSet(((1UL << table.AllStates.Count) - 1) & ~(1UL << one)), StateSet.Of(one))
        );
        foreach (var (few, more) in sets)
        {
            foreach (var use in table.Commands)
            {
                foreach (var kind in Enum.GetValues<MoveKind>())
                {
                    foreach (var code in codes)
                    {
                        var before = oracle.Judge(few, use.Command, kind, code);
                        var after = oracle.Judge(few.Union(more), use.Command, kind, code);
                        if (after.Verdict > before.Verdict || before.After.Union(after.After) != after.After)
                        {
                            Assert.Fail($"{use.Command} ({kind}): {code} in {few}: {before}; with {more}: {after}");
                        }
                    }
                }
            }
        }
    }
}
