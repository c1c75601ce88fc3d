using SmtpModel.Machines;
using SmtpModel.Spec;

namespace SmtpModel.Session.Tests;

/// <summary>One test for each state and command of each profile: the shortest way there, the command, and what has to follow.</summary>
public class CellTests
{
    public static IEnumerable<TheoryDataRow<string, string, string>> Cells =>
        from profile in Profiles.All
        from state in profile.Table.States
        from use in profile.Table.Commands
        where use.Command.Kind is InputKind.Line or InputKind.UnknownLine
        select Row.Named(Name(profile.Table, state, use), profile.Name, state.Name, use.Command.Name);

    [Theory, MemberData(nameof(Cells))]
    public void A_command_in_a_state(string profile, string stateName, string commandName)
    {
        var dialogue = new Dialogue(profile);
        var table = dialogue.Table;
        var state = table.States.Single(state => state.Name == stateName);
        var use = table.Commands.Single(use => use.Command.Name == commandName);
        dialogue.Follow(Paths.To(table, state));
        dialogue.Policy.Asked.Clear();
        Command? answered = null;

        switch (table.Reads(state))
        {
            case Reading.Opening:
                // nothing is read before the greeting has been sent
                Assert.Throws<InvalidOperationException>(() => dialogue.Send(dialogue.Line(use.Command, "<>")));
                break;
            case Reading.Nothing:
                Assert.Equal("", dialogue.Send(dialogue.Line(use.Command, "<>")));
                break;
            case Reading.Data:
                var line = dialogue.Line(use.Command, "<>");
                Assert.Equal("", dialogue.Send(line));
                dialogue.CheckBuffers(line + "\r\n");
                break;
            case Reading.Responses:
                // it is an answer to the challenge: one that is accepted where it looks like base64, as NOOP does, and else malformed
                answered = table.From(state).First(edge => edge.Exchange.IsAccepted).Exchange.Command;
                var answer = dialogue.Line(use.Command, "<>").Split("\r\n")[0];
                var code = table[answered].Argument.Value!.Fits(answer)
                    ? table[answered].Replies.Accepting.First()
                    : table.Faults.NotAcceptable;
                dialogue.Policy.Answer = default;
                Assert.Equal(code, Dialogue.Code(dialogue.Send(answer)));
                answered = code < 400 ? answered : null;
                state = table.From(state).First(edge => edge.Exchange.Code == code).To;
                break;
            default:
                if (table.OutOfOrder(state, use.Command) is { } refusal)
                {
                    Assert.Equal(refusal.Codes[0], Dialogue.Code(dialogue.Send(dialogue.Line(use.Command, "<>"))));
                    dialogue.CheckBuffers();
                }
                else
                {
                    dialogue.Take(table.Find(state, use.Command / Accepted(table, use))!);
                    state = table.Find(state, use.Command / Accepted(table, use))!.To;
                }

                break;
        }

        Assert.Equal(Generated.Of(state), dialogue.Session.State);
        // the site is asked about what is in order, and about nothing else; about a message its store is
        var isAsked =
            table.Reads(table.States.Single(at => at.Name == stateName)) is Reading.Commands
            && use.Command.Kind is InputKind.Line
            && !table.Delivers(use.Command)
            && table.IsInOrder(table.States.Single(at => at.Name == stateName), use.Command);
        Assert.Equal(
            isAsked ? [Generated.Of(use.Command)]
                : answered is not null ? [Generated.Of(answered)]
                : [],
            dialogue.Policy.Asked
        );
    }

    private static string Name(TransitionTable table, State state, CommandUse use)
    {
        var (outcome, clause) = table.Reads(state) switch
        {
            Reading.Opening => ("not read", table.From(state).First(edge => edge.Exchange.Command.Kind is InputKind.Opening).Rule!.Clause),
            Reading.Nothing => ("no answer", table.Rules.Single(rule => rule.Id == Rfc821.O10.Id).Clause),
            Reading.Responses => (
                "an answer to the challenge",
                table.From(state).First(edge => edge.Exchange.Command.Kind is InputKind.Response).Rule!.Clause
            ),
            Reading.Data => (
                "a line of mail data",
                table.From(state).First(edge => edge.Exchange.Command.Kind is InputKind.Data).Rule!.Clause
            ),
            _ when table.OutOfOrder(state, use.Command) is { } refusal => ($"{refusal.Codes[0]}", refusal.Rule.Clause),
            _ => ($"{Accepted(table, use)}", table.Find(state, use.Command / Accepted(table, use))!.Rule!.Clause),
        };
        return $"{table.Profile} {state}, {use.Command}: {outcome}, {clause}";
    }

    // what the session answers to a command in order that the site accepts
    private static int Accepted(TransitionTable table, CommandUse use) =>
        use.Command.Kind is InputKind.UnknownLine ? table.Faults.Unrecognized : use.Replies.Accepting.First();
}
