using System.Text;
using SmtpModel.Machines;
using SmtpModel.Protocol;
using SmtpModel.Server;

namespace SmtpModel.Testing.Tests.Generation;

// What the palette calls well written the grammar has, and what it calls malformed the grammar has not.
public class PaletteTests
{
    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void The_grammar_has_every_valid_move_and_no_malformed_one(string name)
    {
        var profile = EveryProfile.Named(name);
        var order = SpecifiedOrder.Of(profile.Table);
        var (valid, malformed) = (0, 0);
        foreach (var seed in Enumerable.Range(0, 20).Select(offset => TestRun.Seed + (ulong)offset))
        {
            var palette = DrawnArguments.Palette(profile.Table, new PaletteOptions { Seed = seed, Offer = ServiceOffer.None });
            foreach (var use in profile.Table.Commands.Where(use => use.Command.Kind is InputKind.Line))
            {
                Assert.NotEmpty(palette.Valid(use.Command));
                Assert.All(palette.Valid(use.Command), move =>
                    Assert.True(Fault(order, move) is SyntaxFault.None, $"{move}: {Fault(order, move)} (seed {seed})")
                );
                Assert.NotEmpty(palette.Malformed(use.Command));
                Assert.All(palette.Malformed(use.Command), move =>
                    Assert.True(Fault(order, move) is not SyntaxFault.None, $"{move} is well formed")
                );
                valid += palette.Valid(use.Command).Count;
                malformed += palette.Malformed(use.Command).Count;
            }
        }

        TestRun.Print($"{name}: {valid} valid moves and {malformed} malformed ones of 20 palettes");
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void No_line_that_is_meant_to_be_no_command_is_one(string name)
    {
        var profile = EveryProfile.Named(name);
        var order = SpecifiedOrder.Of(profile.Table);
        Assert.NotEmpty(ScriptedSessions.PaletteOf(profile).Unknown);
        Assert.All(ScriptedSessions.PaletteOf(profile).Unknown, move =>
        {
            CommandLine.Split(Line(move), out var keyword, out _);
            Assert.Equal(Verb.Unknown, order.Recognize(keyword.Of(Line(move))));
        });
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void The_content_of_a_path_move_is_its_path_with_brackets(string name)
    {
        var profile = EveryProfile.Named(name);
        var order = SpecifiedOrder.Of(profile.Table);
        foreach (
            var command in profile
                .Table.Commands.Where(use => use.Argument.Name.Contains("-path", StringComparison.Ordinal))
                .Select(use => use.Command)
        )
        {
            Assert.All(ScriptedSessions.PaletteOf(profile).Valid(command), move =>
            {
                CommandLine.Split(Line(move), out _, out var argument);
                Arguments.Parse(order.ArgumentOf(OrderNames.Of(command)), argument.Of(Line(move)), order.Dialect, null, out var path);
                Assert.Equal(
                    Encoding.Latin1.GetString(path.Path.Of(argument.Of(Line(move)))),
                    Encoding.Latin1.GetString(move.Content.Span)
                );
            });
        }
    }

    private static SyntaxFault Fault(TableOrder order, Move move)
    {
        var fault = CommandLine.Split(Line(move), out _, out var argument);
        return fault is not SyntaxFault.None ? fault
            : Arguments.Parse(
                order.ArgumentOf(OrderNames.Of(move.Command)),
                argument.Of(Line(move)),
                order.Dialect,
                order.PatternOf(OrderNames.Of(move.Command)),
                out var path
            )
                is not SyntaxFault.None
                    and var wrong
                ? wrong
            : new SessionParameters(order.Rows.Parameters, new SessionSettings()).Refusal(
                OrderNames.Of(move.Command),
                path.Parameters.Of(argument.Of(Line(move)))
            )
                is null
                ? SyntaxFault.None
            : SyntaxFault.ParameterValue;
    }

    private static byte[] Line(Move move) => Encoding.Latin1.GetBytes(move.Text);
}
