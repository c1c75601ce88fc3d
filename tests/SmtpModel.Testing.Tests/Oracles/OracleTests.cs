using SmtpModel.Machines;
using static SmtpModel.Spec.Rfc821;

namespace SmtpModel.Testing.Tests.Oracles;

// What the oracle says besides the verdict, and what it takes.
public class OracleTests
{
    [Fact]
    public void An_oracle_has_a_table() => Assert.Throws<ArgumentNullException>("table", () => new Oracle(null!));

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void A_code_of_three_digits_that_is_no_final_reply_breaks_the_rule_on_the_form_of_replies(string name)
    {
        var oracle = new Oracle(EveryProfile.Named(name).Table);
        Assert.All([0, 1, 199, 600, 998, 999], code => Assert.Equal(oracle.Table.Conduct.Form, oracle.In(Ready, NOOP, code).Rule));
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void What_is_no_code_at_all_fails_and_is_no_rule_s_matter(string name)
    {
        var oracle = new Oracle(EveryProfile.Named(name).Table);
        Assert.All([-1, 1000, int.MinValue, int.MaxValue], code =>
            Assert.Equal(new Judgement(Verdict.Fail, StateSet.None, null, null), oracle.In(Ready, NOOP, code)));
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void A_judgement_is_worked_out_once(string name)
    {
        var oracle = new Oracle(EveryProfile.Named(name).Table);
        Assert.Same(oracle.In(Ready, NOOP, 250), oracle.In(Ready, NOOP, 250));
        // another code of the same exchange does not make it forget
        var known = oracle.In(Ready, MAIL, 250);
        _ = oracle.In(Ready, MAIL, 550);
        Assert.Same(known, oracle.In(Ready, MAIL, 250));
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void Of_two_states_that_allow_the_same_the_first_one_s_rule_is_named_and_of_two_that_allow_it_not_the_last_one_s(string name)
    {
        var table = EveryProfile.Named(name).Table;
        var oracle = new Oracle(table);
        var isSeen = false;
        foreach (var use in table.Commands)
        {
            for (var code = 200; code < 600; code++)
            {
                var (first, second) = (oracle.In(Connected, use.Command, code), oracle.In(Ready, use.Command, code));
                var both = oracle.Judge(oracle.Of(Connected).Union(oracle.Of(Ready)), use.Command, OracleCalls.KindOf(use.Command), code);
                var isOfSecond = second.Verdict < first.Verdict || (first.Verdict is Verdict.Fail && second.Verdict is Verdict.Fail);
                var (rule, edge) = isOfSecond ? (second.Rule, second.Edge) : (first.Rule, first.Edge);
                Assert.Equal((rule, edge), (both.Rule, both.Edge));
                isSeen |= first.Verdict == second.Verdict && first.Edge != second.Edge;
            }
        }

        Assert.True(isSeen);
        Assert.True(table.IndexOf(Connected) < table.IndexOf(Ready));
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void It_knows_where_a_session_begins_and_ends_and_what_each_state_reads(string name)
    {
        var table = EveryProfile.Named(name).Table;
        var oracle = new Oracle(table);
        Assert.Equal(StateSet.Of(table.IndexOf(table.States[0])), oracle.Start);
        Assert.Equal(oracle.Of(table.Final), oracle.Final);
        foreach (var state in table.AllStates)
        {
            Assert.Equal(table.Reads(state) is Reading.Data, oracle.ReadingData.Overlaps(oracle.Of(state)));
            Assert.Equal(table.Reads(state) is Reading.Commands, oracle.ReadingCommands.Overlaps(oracle.Of(state)));
        }
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void Nothing_is_answered_after_the_end_O10(string name) =>
        Assert.Equal("O10", new Oracle(EveryProfile.Named(name).Table).Ending?.Id);
}
