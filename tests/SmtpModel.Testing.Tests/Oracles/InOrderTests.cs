using SmtpModel.Machines;
using static SmtpModel.Spec.Rfc821;
using static SmtpModel.Testing.Tests.Oracles.StrictnessTests;

namespace SmtpModel.Testing.Tests.Oracles;

// A command that is in order, and a reply to it that is not listed.
public class InOrderTests
{
    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void A_refusal_that_is_not_listed_breaks_a_MUST_only_where_one_says_so(string name)
    {
        var table = EveryProfile.Named(name).Table;
        var oracle = new Oracle(table);
        var rules = new HashSet<string>();
        foreach (var (state, use) in Cells(table))
        {
            var accepting = table
                .From(state, use.Command)
                .Where(edge => edge.Exchange.IsAccepted)
                .Concat(table.From(state, use.Command))
                .First()
                .Rule;
            foreach (var code in Enumerable.Range(400, 200).Where(code => IsNew(table, state, use, code)))
            {
                // O5 and the like: "bad sequence" to what is in order; 4.5.1: the least a receiver implements; 4.1.1: what is never
                // refused
                // 4.1.4: what refuses EHLO that comes again is named, and of HELO nothing is
                var isAgain = table.Listing is not null && accepting?.Id == O2.Id && code == 503;
                var (verdict, rule) = isAgain
                        ? use.Command == table.Listing ? (Verdict.Fail, table.Stated(O3)) : (Verdict.NonStrict, accepting)
                    : accepting?.Level is Level.Must && use.Required && code == 503 ? (Verdict.Fail, accepting)
                    : use.Required && (code is 500 or 502) ? (Verdict.Fail, table.Conduct.Minimum)
                    : accepting?.Level is Level.Must && use.IsAlwaysAccepted && code != 530 ? (Verdict.Fail, accepting)
                    : (Verdict.NonStrict, accepting);
                var judgement = oracle.In(state, use.Command, code);
                Assert.True(
                    (verdict, rule, null) == (judgement.Verdict, judgement.Rule, judgement.Edge),
                    $"{state}, {use.Command}: {code}: {judgement}"
                );
                Assert.Equal(verdict is Verdict.Fail, judgement.After.IsEmpty);
                rules.Add($"{verdict} {rule?.Id}");
            }
        }

        Assert.Contains($"Fail {table.Conduct.Minimum.Id}", rules);
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void A_refusal_that_is_not_listed_does_what_listed_refusals_do_and_nothing_where_there_are_none(string name)
    {
        var table = EveryProfile.Named(name).Table;
        var oracle = new Oracle(table);
        foreach (var (state, use) in Cells(table).Where(cell => !cell.Use.IsAlwaysAccepted))
        {
            var refusals = table.From(state, use.Command).Where(edge => !edge.Exchange.IsAccepted).ToList();
            var expected =
                refusals.Count == 0 ? oracle.Of(state) : refusals.Aggregate(StateSet.None, (set, edge) => set.Union(oracle.Of(edge.To)));
            var code = Enumerable.Range(570, 30).First(code => IsNew(table, state, use, code));
            Assert.Equal((Verdict.NonStrict, expected), Of(oracle.In(state, use.Command, code)));
        }
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void An_acceptance_that_is_not_listed_has_to_be_of_the_class_of_one_that_is_and_does_what_that_does(string name)
    {
        var table = EveryProfile.Named(name).Table;
        var oracle = new Oracle(table);
        foreach (var (state, use) in Cells(table))
        {
            var accepting = table.From(state, use.Command).Where(edge => edge.Exchange.IsAccepted).ToList();
            foreach (var code in Enumerable.Range(200, 200).Where(code => IsNew(table, state, use, code)))
            {
                var alike = accepting
                    .Where(edge => edge.Exchange.Code / 100 == code / 100)
                    .Aggregate(StateSet.None, (set, edge) => set.Union(oracle.Of(edge.To)));
                var judgement = oracle.In(state, use.Command, code);
                var demands = alike.IsEmpty ? null : table.AcceptanceDemands(use.Command);
                Assert.Equal((alike.IsEmpty || demands is not null ? Verdict.Fail : Verdict.NonStrict, alike), Of(judgement));
                Assert.Equal(
                    demands ?? table.From(state, use.Command).OrderBy(edge => !edge.Exchange.IsAccepted).First().Rule,
                    judgement.Rule
                );
            }
        }
    }

    [Fact]
    public void A_command_that_is_always_accepted_is_refused_by_no_rule_but_its_own_RFC_5321_4_1_1()
    {
        var oracle = new Oracle(EveryProfile.Named("rfc5321").Table);
        foreach (var command in new[] { RSET, NOOP, QUIT })
        {
            var accepting = oracle.Table.From(Ready, command).First(edge => edge.Exchange.IsAccepted).Rule;
            Assert.Equal(new Judgement(Verdict.Fail, StateSet.None, null, accepting), oracle.In(Ready, command, 501));
            Assert.Equal(Verdict.Pass, oracle.Judge(oracle.Of(Ready), command, MoveKind.Malformed, 501).Verdict);
            Assert.Equal(Verdict.Pass, oracle.In(Ready, command, 421).Verdict);
        }
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void A_malformed_line_may_draw_any_refusal_that_is_not_listed(string name)
    {
        var table = EveryProfile.Named(name).Table;
        var oracle = new Oracle(table);
        foreach (var (state, use) in Cells(table).Where(cell => cell.Use.Command.Kind is InputKind.Line))
        {
            Assert.All([500, 502, 503, 599], code =>
                Assert.NotEqual(Verdict.Fail, oracle.Judge(oracle.Of(state), use.Command, MoveKind.Malformed, code).Verdict)
            );
        }
    }

    [Theory]
    [InlineData("RCPT TO:<@relay.example:user@example.test>", Verdict.Fail)]
    [InlineData("RCPT TO:<@relay.example:\"a user\"@example.test>", Verdict.NonStrict)]
    [InlineData("RCPT TO:<\"a user\"@example.test>", Verdict.NonStrict)]
    [InlineData("RCPT TO:<user@example.test>", Verdict.Fail)]
    public void A_line_with_two_things_that_are_seldom_read_is_held_against_the_less_binding_rule_RFC_5321_4_1_2(
        string line,
        Verdict verdict
    )
    {
        var oracle = new Oracle(EveryProfile.Named("rfc5321").Table);
        Assert.Equal(
            verdict,
            oracle.Judge(oracle.Of(MailGiven), new Move(RCPT, MoveKind.Valid, line), oracle.Table.Faults.NotImplemented).Verdict
        );
    }

    private static IEnumerable<(State State, CommandUse Use)> Cells(TransitionTable table) =>
        from state in table.States
        from use in table.Commands
        where use.Command.Kind is InputKind.Line or InputKind.Data && table.IsInOrder(state, use.Command)
        select (state, use);

    private static bool IsNew(TransitionTable table, State state, CommandUse use, int code) =>
        table.Find(state, use.Command / code) is null && table.FindTolerated(state, use.Command / code) is null;
}
