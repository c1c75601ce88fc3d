using SmtpModel.Machines;
using static SmtpModel.Spec.Rfc821;

namespace SmtpModel.Testing.Tests.Oracles;

// Between what the rules allow and what breaks a MUST: which of the listed replies are only not strict.
public class StrictnessTests
{
    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void A_malformed_argument_draws_501_or_421_or_what_its_row_has_and_from_what_is_optional_500_or_502_as_well(string name)
    {
        var oracle = new Oracle(EveryProfile.Named(name).Table);
        var seen = new HashSet<int>();
        foreach (var edge in Listed(oracle.Table).Where(edge => !edge.Exchange.IsAccepted && edge.Exchange.Command.Kind is InputKind.Line))
        {
            var (command, code) = (edge.Exchange.Command, edge.Exchange.Code);
            var judgement = oracle.Judge(oracle.Of(edge.From), command, MoveKind.Malformed, code);
            // VRFY is required and may be there in name only: what a server will not do it need not read the argument of
            var isExact =
                code is 501 or 421 || (code is 500 or 502 && !oracle.Table[command].Required) || (code is 502 && command.Name == "VRFY")
                // 553 is "mailbox syntax incorrect" (RFC 5321 4.2.3), and others of a row are about what the argument names, too; for what
                // begins a transaction 4.1.4 has 501
                || (code is not (500 or 502 or 503) && (code == 553 || edge.Rule?.Id != O8.Id));
            Assert.Equal(
                new Judgement(isExact ? Verdict.Pass : Verdict.NonStrict, oracle.Of(edge.To, command, code), edge, edge.Rule),
                judgement
            );
            seen.Add(code);
        }

        Assert.Superset(new HashSet<int> { 500, 501, 502, 550 }, seen);
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void A_line_that_is_no_command_draws_500_R3(string name)
    {
        var oracle = new Oracle(EveryProfile.Named(name).Table);
        Assert.Equal((Verdict.Pass, oracle.Of(Ready)), Of(oracle.In(Ready, Unknown, 500)));
        Assert.Equal((Verdict.Pass, oracle.Final), Of(oracle.In(Ready, Unknown, 421)));
        Assert.Equal((Verdict.NonStrict, oracle.Of(Ready)), Of(oracle.In(Ready, Unknown, 502)));
        Assert.Equal((Verdict.NonStrict, oracle.Of(Ready)), Of(oracle.In(Ready, Unknown, 550)));
        Assert.Equal((Verdict.NonStrict, oracle.Of(Ready)), Of(oracle.In(Ready, Unknown, 250)));
        Assert.Equal((Verdict.NonStrict, oracle.Of(Ready)), Of(oracle.In(Ready, Unknown, 200)));
        Assert.Equal((Verdict.NonStrict, oracle.Of(Ready)), Of(oracle.In(Ready, Unknown, 299)));
        Assert.All([221, 300, 354, 399], code =>
        {
            var judgement = oracle.In(Ready, Unknown, code);
            Assert.Equal((Verdict.Fail, StateSet.None, "R3"), (judgement.Verdict, judgement.After, judgement.Rule?.Id));
        });
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void What_is_tolerated_is_followed_and_is_not_strict_where_it_is_discouraged(string name)
    {
        var oracle = new Oracle(EveryProfile.Named(name).Table);
        foreach (
            var edge in oracle.Table.Tolerated.Where(edge =>
                edge is { IsTolerated: true, IsOneOfSeveral: false }
                && edge.Exchange.Command.Kind is not InputKind.Any
                && oracle.Table.Find(edge.From, edge.Exchange) is null
            )
        )
        {
            var judgement = oracle.In(edge.From, edge.Exchange.Command, edge.Exchange.Code);
            var verdict = edge.IsDiscouraged ? Verdict.NonStrict : Verdict.Pass;
            Assert.Equal(new Judgement(verdict, After(oracle, edge), null, edge.Rule), judgement);
        }
    }

    // where it leads, and where it may lead as well
    private static StateSet After(Oracle oracle, Edge edge) => oracle.Table.MayAlsoLead(edge.From, edge.Exchange)
        .Aggregate(oracle.Of(edge.To), (set, other) => set.Union(oracle.Of(other.To)));

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void What_is_tolerated_from_a_malformed_line_is_not_strict(string name)
    {
        var oracle = new Oracle(EveryProfile.Named(name).Table);
        foreach (
            var edge in oracle.Table.Tolerated.Where(edge =>
                edge is { IsTolerated: true, IsOneOfSeveral: false } && edge.Exchange.Command.Kind is InputKind.Line
            )
        )
        {
            Assert.Equal(
                (Verdict.NonStrict, After(oracle, edge)),
                Of(oracle.Judge(oracle.Of(edge.From), edge.Exchange.Command, MoveKind.Malformed, edge.Exchange.Code))
            );
        }
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void The_codes_of_replies_begin_at_200_and_end_at_599(string name)
    {
        var oracle = new Oracle(EveryProfile.Named(name).Table);
        Assert.Equal((Verdict.NonStrict, oracle.Of(Ready)), Of(oracle.In(Ready, NOOP, 200)));
        Assert.NotEqual(oracle.Table.Conduct.Form, oracle.In(Ready, NOOP, 599).Rule);
        Assert.Equal((Verdict.NonStrict, oracle.Of(Ready)), Of(oracle.In(Ready, MAIL, 599)));
    }

    internal static (Verdict Verdict, StateSet After) Of(Judgement judgement) => (judgement.Verdict, judgement.After);

    // what the table lists for the command itself
    private static IEnumerable<Edge> Listed(TransitionTable table) =>
        from state in table.States from use in table.Commands from edge in table.From(state, use.Command) select edge;
}
