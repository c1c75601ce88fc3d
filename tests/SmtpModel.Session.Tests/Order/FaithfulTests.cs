using System.Text;
using SmtpModel.Machines;
using SmtpModel.Server;
using SmtpModel.Spec;

namespace SmtpModel.Session.Tests;

/// <summary>Flattening is faithful: the generated order and the Stateless machine give the same answer to every question.</summary>
public class FaithfulTests
{
    private static readonly IEnumerable<int> Codes = Enumerable.Range(200, 400);

    [Theory, ClassData(typeof(EachProfile))]
    public void Each_exchange_leads_in_each_state_where_the_Stateless_machine_leads_and_does_the_same_to_the_buffers(string profile)
    {
        var (order, table, machine) = (Generated.Order(profile), Generated.Table(profile), Profiles.Find(profile)!.BuildMachine());
        var any = table.Commands.Single(use => use.Command.Kind is InputKind.Any).Command;
        foreach (var state in table.States)
        {
            foreach (var exchange in table.Commands.SelectMany(use => Codes.Select(code => use.Command / code)))
            {
                // what may answer any input may answer this one
                var label = machine.Step(state, exchange) is null ? any / exchange.Code : exchange;
                var expected = SessionStep.NotPermitted;
                if (machine.Step(state, label) is { } step)
                {
                    var to = table.States.Single(other =>
                        (other.Of ?? other) == step.State && (other == table.Final || other.Facts.SequenceEqual(step.Facts))
                    );
                    expected = new SessionStep(Generated.Of(to), Generated.Of(label.Effects) | Generated.Offer(table, label));
                }

                var actual = order.Next(Generated.Of(state), Generated.Of(exchange.Command), exchange.Code);
                Assert.True(expected == actual, $"{state}: {exchange} leads to {actual}, not to {expected}");
            }
        }
    }

    [Theory, ClassData(typeof(EachProfile))]
    public void What_the_profile_does_not_know_leads_nowhere(string profile)
    {
        var (order, table) = (Generated.Order(profile), Generated.Table(profile));
        var states = table.States.Select(Generated.Of).ToHashSet();
        var verbs = table.Commands.Select(use => Generated.Of(use.Command)).ToHashSet();
        foreach (var state in Enum.GetValues<SessionState>())
        {
            foreach (var verb in Enum.GetValues<Verb>().Where(verb => !states.Contains(state) || !verbs.Contains(verb)))
            {
                // 421 may answer an input nobody knows, too
                Assert.All(Codes.Except([order.Closing]), code => Assert.False(order.Next(state, verb, code).IsPermitted));
                Assert.Equal(0, order.OutOfOrder(state, verb));
            }
        }
    }

    [Theory, ClassData(typeof(EachProfile))]
    public void What_is_in_order_and_what_a_state_reads_are_the_same(string profile)
    {
        var (order, table) = (Generated.Order(profile), Generated.Table(profile));
        foreach (var state in table.States)
        {
            Assert.Equal(table.Reads(state).ToString(), order.Reads(Generated.Of(state)).ToString());
            foreach (var use in table.Commands)
            {
                var refusal = table.OutOfOrder(state, use.Command);
                Assert.Equal(refusal?.Codes[0] ?? 0, order.OutOfOrder(Generated.Of(state), Generated.Of(use.Command)));
                Assert.False(table.IsInOrder(state, use.Command) && refusal is not null);
            }
        }
    }

    [Theory, ClassData(typeof(EachProfile))]
    public void Keywords_arguments_replies_and_syntax_are_the_same(string profile)
    {
        var (order, table) = (Generated.Order(profile), Generated.Table(profile));
        var lines = table.Commands.Where(use => use.Command.Kind is InputKind.Line).ToList();

        Assert.Equal(lines.Select(use => Generated.Of(use.Command)), order.Commands.ToArray());
        foreach (var use in table.Commands)
        {
            var verb = Generated.Of(use.Command);
            Assert.Equal(use.Replies.Accepting.FirstOrDefault(), order.Accepting(verb));
            Assert.Equal(use.Required, order.IsRequired(verb));
            Assert.Equal(Generated.Of(use.Argument), order.ArgumentOf(verb));
            Assert.Equal(use.Command.Kind is InputKind.Line ? use.Syntax : null, order.Syntax(verb));
        }

        foreach (var use in lines)
        {
            var (keyword, argument) = (use.Command.Keyword, Encoding.ASCII.GetBytes(use.Argument.Value?.Valid[0] ?? ""));
            Assert.Equal(Generated.Of(use.Command), order.VariantOf(order.Recognize(Encoding.ASCII.GetBytes(keyword)), argument));
            Assert.Equal(
                Generated.Of(use.Command),
                order.VariantOf(order.Recognize(Encoding.ASCII.GetBytes(keyword.ToLowerInvariant())), argument)
            );
            Assert.Equal(Verb.Unknown, order.Recognize(Encoding.ASCII.GetBytes(keyword + "S")));
            Assert.Equal(Verb.Unknown, order.Recognize(Encoding.ASCII.GetBytes(keyword[..^1])));
            Assert.Equal(Verb.Unknown, order.Recognize(Encoding.ASCII.GetBytes("LONG" + keyword + "X")));
            Assert.Equal(use.Command.Block?.Number, order.BlockOf(Generated.Of(use.Command))?.ToString());
            Assert.Equal(table.Delivers(use.Command), order.Delivers(Generated.Of(use.Command)));
        }
    }

    [Theory, ClassData(typeof(EachProfile))]
    public void Bounds_grammar_and_the_replies_to_faults_are_the_same(string profile)
    {
        var (order, table) = (Generated.Order(profile), Generated.Table(profile));

        Assert.Equal(Generated.Of(table.Start), order.Start);
        Assert.Equal(table.Utf8Paths is null ? table.Grammar : "Rfc6531", order.Dialect.ToString());
        Assert.Equal(table.Faults, new FaultReplies(order.Unrecognized, order.NotAcceptable, order.NotImplemented, order.Closing));
    }

    [Fact]
    public void A_session_can_be_made_of_each_profile_of_the_specification_and_of_no_other()
    {
        Assert.Equal(Profiles.All.Select(profile => profile.Name), SmtpSession.ProfileNames);
        var fault = Assert.Throws<ArgumentException>(() => SmtpSession.Create("rfc822", new SessionSettings(), new SitePolicy()));
        Assert.All(SmtpSession.ProfileNames, name => Assert.Contains(name, fault.Message, StringComparison.Ordinal));
    }
}
