using System.Text.RegularExpressions;
using SmtpModel.Machines;
using static SmtpModel.Spec.Rfc821;

namespace SmtpModel.Spec.Tests;

/// <summary>The commands, their rows of the command-reply table, and what they do to the buffers.</summary>
public class CommandTests
{
    // RFC 821 4.1 and 4.5.1, RFC 5321 4.5.1
    private static readonly string[] Fourteen =
    [
        "HELO",
        "MAIL",
        "RCPT",
        "DATA",
        "SEND",
        "SOML",
        "SAML",
        "RSET",
        "VRFY",
        "EXPN",
        "HELP",
        "NOOP",
        "QUIT",
        "TURN",
    ];
    private static readonly string[] Minimum821 = ["HELO", "MAIL", "RCPT", "DATA", "RSET", "NOOP", "QUIT"];
    private static readonly string[] Minimum5321 = ["EHLO", "HELO", "MAIL", "RCPT", "DATA", "RSET", "NOOP", "QUIT", "VRFY"];

    [Fact, Trait("Rule", "C")]
    public void C_The_commands_of_rfc821_are_the_fourteen_of_RFC_821_4_1_and_the_rule_names_them()
    {
        var table = Profiles.Rfc821.Table;

        Assert.Equal(Fourteen.Order(), Lines(table).Order());
        Assert.Equal(Fourteen, Regex.Matches(Stated(table, "C").Asks, "[A-Z]{4}").Select(match => match.Value));
    }

    [Fact, Trait("Rule", "C")]
    public void C_rfc5321_has_the_fourteen_and_EHLO_and_the_rules_name_them_and_those_that_must_be_there()
    {
        var table = Profiles.Rfc5321.Table;

        Assert.Equal(Fourteen.Append("EHLO").Order(), Lines(table).Order());
        Assert.Equal(
            Fourteen.Append("EHLO").Order(),
            Regex.Matches(Stated(table, "C").Asks, "[A-Z]{4}").Select(match => match.Value).Order()
        );
        Assert.Equal(Minimum5321, Regex.Matches(table.Conduct.Minimum.Asks, "[A-Z]{4}").Select(match => match.Value));
    }

    [Fact]
    public void The_commands_every_receiver_must_have_are_those_of_4_5_1()
    {
        Assert.Equal(
            Minimum821.Order(),
            Profiles.Rfc821.Table.Commands.Where(use => use.Required).Select(use => use.Command.Name).Order()
        );
        Assert.Equal(
            Minimum5321.Order(),
            Profiles.Rfc5321.Table.Commands.Where(use => use.Required).Select(use => use.Command.Name).Order()
        );
    }

    [Theory, ClassData(typeof(EachProfile))]
    public void Each_reply_of_a_row_of_4_3_has_an_edge_in_each_state_where_the_command_is_in_order(string name)
    {
        var table = EachProfile.Named(name).Table;
        var looked = 0;
        foreach (var state in table.States)
        {
            foreach (var use in table.Commands.Where(use => table.IsInOrder(state, use.Command)))
            {
                // 503 means out of order and 421 may answer anything: the order says where those belong
                foreach (var code in use.Replies.All.Except([503, 421]))
                {
                    Assert.Contains(table.From(state, use.Command), edge => edge.Exchange.Code == code);
                    looked++;
                }

                Assert.All(table.From(state, use.Command), edge => Assert.Contains(edge.Exchange.Code, use.Replies.All));
            }
        }

        Assert.True(looked > 100);
    }

    [Theory, ClassData(typeof(EachProfile))]
    public void Each_command_is_in_order_somewhere(string name)
    {
        var table = EachProfile.Named(name).Table;

        // but what is only named to be refused
        Assert.All(table.Commands.Where(use => use.Command.Kind is not InputKind.Line || use.Replies.Accepting.Any()), use =>
            Assert.Contains(table.States, state => table.IsInOrder(state, use.Command))
        );
    }

    [Theory, ClassData(typeof(EachProfile))]
    public void While_the_channel_is_open_421_may_answer_each_input(string name)
    {
        var table = EachProfile.Named(name).Table;
        foreach (var state in table.States.Where(state => state != table.Final))
        {
            Assert.All(table.Commands, use => Assert.Equal(Closed, table.Find(state, use.Command / 421)?.To));
        }
    }

    [Fact, Trait("Rule", "B1")]
    public void B1_Each_command_does_to_the_buffers_what_RFC_821_4_1_1_says()
    {
        var effects = Profiles.Rfc821.Table.Commands.ToDictionary(use => use.Command, use => string.Join(", ", use.Command.OnAccept));

        const string ClearAll = "clear reverse-path, clear forward-path, clear mail data";
        Assert.All(Beginning, command => Assert.Equal(ClearAll + ", set reverse-path", effects[command]));
        Assert.Equal("append forward-path", effects[RCPT]);
        Assert.Equal("append mail data", effects[DATA]);
        Assert.All([RSET, HELO, EndOfData], command => Assert.Equal(ClearAll, effects[command]));
        Assert.All([VRFY, EXPN, HELP, NOOP], command => Assert.Equal("", effects[command]));
    }

    [Fact]
    public void Building_rfc5321_leaves_rfc821_as_it_was()
    {
        var before = Text(new Profile("rfc821", "before", Part));
        _ = new Profile("rfc5321", "between", Part, Rfc5321.Part).Table;
        _ = Profiles.Rfc821.With("more", "between", Rfc5321.Part).Table;

        Assert.Equal(before, Text(new Profile("rfc821", "after", Part)));
        Assert.Equal(before, Text(Profiles.Rfc821));
        Assert.All(Profiles.Rfc821.Table.Edges, edge => Assert.Equal("RFC 821", edge.Rule?.Clause.Document));
        Assert.DoesNotContain("EHLO", before, StringComparison.Ordinal);
    }

    [Fact]
    public void Profiles_are_found_by_name_in_either_case()
    {
        Assert.Same(Profiles.Rfc821, Profiles.Find("RFC821"));
        Assert.Same(Profiles.Rfc5321, Profiles.Find("rfc5321"));
        Assert.Null(Profiles.Find("rfc822"));
    }

    private static IEnumerable<string> Lines(TransitionTable table) =>
        table.Commands.Where(use => use.Command.Kind is InputKind.Line).Select(use => use.Command.Name);

    private static Rule Stated(TransitionTable table, string id) => table.Rules.Single(rule => rule.Id == id);

    private static string Text(Profile profile)
    {
        var table = profile.Table;
        var lines = table.Edges.Select(edge => $"{edge} {edge.Rule} {edge.Rule?.Asks} {string.Join(", ", edge.Exchange.Effects)}")
            .Concat(table.Commands.Select(use => $"{use.Syntax} {use.Clause} {use.Required} {string.Join(' ', use.Replies.All)}"))
            .Concat(table.States.SelectMany(state => table.Commands.Select(use => table.OutOfOrder(state, use.Command))).OfType<Refusal>()
                .Select(refusal => $"{refusal.State} {refusal.Command} {string.Join(' ', refusal.Codes)} {refusal.Rule}"))
            .Concat(table.Rules.Select(rule => rule.ToString()))
            .Concat(table.Doubts.Select(doubt => doubt.ToString()));
        return string.Join('\n', lines);
    }
}
