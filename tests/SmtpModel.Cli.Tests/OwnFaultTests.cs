using SmtpModel.Cli.Output;
using SmtpModel.Spec;
using SmtpModel.Testing;

namespace SmtpModel.Cli.Tests;

/// <summary>What a user sees of a fault of ours: what is needed to report it, and no stack trace.</summary>
public sealed class OwnFaultTests
{
    [Fact]
    public void A_fault_of_ours_is_told_with_the_command_the_place_and_the_session()
    {
        var session = new TestSession([new Step(new Palette(Profiles.Rfc5321.Table, new PaletteOptions()).Valid(Rfc5321.EHLO)[0])]);
        var fault = Thrown(() =>
            throw new ToolFaultException(ToolFaultException.Describe(Thrown(() => _ = new int[1].Single(each => each > 0))))
            {
                Played = new ReplayFile("rfc5321", session),
                During = "a session of 1 step",
            }
        );

        var lines = Said(fault);

        Assert.Equal(5, lines.Count);
        Assert.StartsWith("smtpmodel: this is a fault of SmtpModel itself and not of the server", lines[0], StringComparison.Ordinal);
        Assert.Equal("  command  smtpmodel test 127.0.0.1:25", lines[1]);
        Assert.StartsWith("  fault    InvalidOperation in OwnFaultTests.", lines[2], StringComparison.Ordinal);
        Assert.Equal("  during   a session of 1 step", lines[3]);
        Assert.Equal($"  session  smtpmodel replay {new ReplayFile("rfc5321", session).ToId()}", lines[4]);
    }

    [Fact]
    public void A_fault_that_has_no_session_is_told_without_one()
    {
        var lines = Said(Thrown(() => _ = new int[1].Single(each => each > 0)));

        Assert.Equal(3, lines.Count);
        Assert.DoesNotContain(lines, line =>
            line.Contains("Exception", StringComparison.Ordinal) || line.StartsWith("   at ", StringComparison.Ordinal)
        );
    }

    private static List<string> Said(Exception fault)
    {
        using var to = new StringWriter();
        OwnFaultPrinter.Print(to, ["test", "127.0.0.1:25"], fault);
        return [.. to.ToString().TrimEnd().ReplaceLineEndings("\n").Split('\n')];
    }

    private static Exception Thrown(Action action) => Record.Exception(action)!;
}
