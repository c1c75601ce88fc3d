using SmtpModel.Machines;
using static SmtpModel.Testing.Tests.Oracles.StrictnessTests;

namespace SmtpModel.Testing.Tests.Oracles;

// A command that is not in order.
public class OutOfOrderTests
{
    [Theory]
    [ClassData(typeof(EveryProtocol))]
    public void Its_refusal_is_one_that_is_named_or_the_command_is_missing_or_no_rule_demands_the_code_and_nothing_changes(string name)
    {
        var table = EveryProfile.Named(name).Table;
        var oracle = new Oracle(table);
        var seen = new HashSet<(bool IsRequired, Verdict Verdict)>();
        var demanding = new HashSet<string>();
        foreach (var (state, use, refusal) in Cells(table))
        {
            foreach (var code in Enumerable.Range(400, 200).Where(code => IsNew(table, state, use, code)))
            {
                var mayLack = !use.Required && (use.Extension is null || refusal.Demands is null);
                var isNamed = refusal.Codes.Contains(code) || (mayLack && (code is 500 or 502));
                var isDemanded = !isNamed && refusal.Demands is not null && code != 530;
                var judgement = oracle.In(state, use.Command, code);
                Assert.True(
                    (
                        isNamed ? Verdict.Pass
                        : isDemanded ? Verdict.Fail
                        : Verdict.NonStrict
                    ) == judgement.Verdict,
                    $"{state}, {use.Command}: {code}: {judgement}"
                );
                Assert.Equal(
                    (oracle.Of(state, use.Command, code), null, isDemanded ? refusal.Demands : refusal.Rule),
                    (judgement.After, judgement.Edge, judgement.Rule)
                );
                Assert.NotEqual(Verdict.Fail, oracle.Judge(oracle.Of(state), use.Command, MoveKind.Malformed, code).Verdict);
                seen.Add((use.Required, judgement.Verdict));
                demanding.Add($"{judgement.Verdict} {use.Command} {judgement.Rule!.Clause.Section}");
            }
        }

        Assert.Equal(6, seen.Count);
        Assert.Superset(
            name == "lmtp" ? ["Pass HELO 4.1", "NonStrict HELO 4.1", "Fail MAIL 4.1.1", "Fail RCPT 4.1.1", "Fail DATA 4.2"]
                : name == "rfc821" ? ["Fail MAIL 4.1.1", "Fail RCPT 4.1.1", "Fail DATA 4.1.1"]
                : new HashSet<string> { "Fail MAIL 4.1.4", "Fail RCPT 3.3", "NonStrict DATA 3.3" },
            demanding
        );
        Assert.DoesNotContain(demanding, seen => name == "rfc5321" && seen.StartsWith("Fail DATA", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("esmtpsa", "AUTH", 500, "AU3"), InlineData("esmtpsa", "AUTH", 502, "AU3"), InlineData("esmtpsa", "AUTH", 503, null)]
    [InlineData("esmtpsa", "ETRN", 502, null), InlineData("esmtpsa", "SEND", 502, null)]
    public void Not_to_know_a_command_inside_a_transaction_is_wrong_where_it_was_listed_and_a_rule_names_the_code(
        string name,
        string command,
        int code,
        string? broken
    )
    {
        var oracle = new Oracle(EveryProfile.Named(name).Table);
        var judgement = oracle.In(Spec.Rfc821.MailGiven, oracle.Table.Commands.First(use => use.Command.Name == command).Command, code);
        Assert.Equal(broken is null ? Verdict.Pass : Verdict.Fail, judgement.Verdict);
        Assert.True(broken is null || judgement.Rule?.Id == broken);
    }

    [Theory]
    [ClassData(typeof(EveryProtocol))]
    public void Its_acceptance_breaks_a_MUST_or_leaves_open_what_it_did(string name)
    {
        var table = EveryProfile.Named(name).Table;
        var oracle = new Oracle(table);
        foreach (var (state, use, refusal) in Cells(table))
        {
            var done = table.Edges.Where(edge => edge.Exchange.IsAccepted && edge.Exchange.Command == use.Command)
                .Aggregate(oracle.Of(state), (set, edge) => set.Union(oracle.Of(edge.To)));
            foreach (var code in Enumerable.Range(200, 200).Where(code => IsNew(table, state, use, code)))
            {
                var expected = refusal.Rule.Level is Level.Must ? (Verdict.Fail, StateSet.None) : (Verdict.NonStrict, done);
                var judgement = oracle.In(state, use.Command, code);
                Assert.Equal(expected, Of(judgement));
                Assert.Equal(refusal.Rule, judgement.Rule);
            }
        }
    }

    private static IEnumerable<(State State, CommandUse Use, Refusal Refusal)> Cells(TransitionTable table) =>
        from state in table.States
        from use in table.Commands
        let refusal = table.OutOfOrder(state, use.Command)
        where refusal is not null
        select (state, use, refusal);

    private static bool IsNew(TransitionTable table, State state, CommandUse use, int code) =>
        table.Find(state, use.Command / code) is null && table.FindTolerated(state, use.Command / code) is null;
}
